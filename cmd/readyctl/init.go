package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/outline"
)

func newInitCommand() *cobra.Command {
	var openSLO, backstage []string
	var out string
	cmd := &cobra.Command{
		Use:   "init [--from-openslo FILE ...] [--from-backstage FILE ...] [--out FILE]",
		Short: "Write the start of a services file",
		Long: `Init writes the start of a services file: with comments that say what comes next,
and with what OpenSLO documents and Backstage's catalog-info.yaml tell about your
services. What was not taken over is said on stderr, with file and line.

Of OpenSLO v1 it takes services, and SLOs that are a ratio (availability) or a
duration in seconds below a threshold (latency). Of Backstage it takes components of
type service: name, description, owner as team, links, and what they depend on.

A file that is there already is never overwritten.`,
		Example: `  readyctl init --out services.yaml
  readyctl init --from-backstage catalog-info.yaml --from-openslo slos.yaml --out services.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var o outline.Outline
			var wrong []error
			read := func(paths []string, add func(name string, data []byte) error) {
				for _, path := range paths {
					data, err := readInput(path)
					if err == nil {
						err = add(path, data)
					}
					wrong = append(wrong, err)
				}
			}
			read(backstage, o.Backstage)
			read(openSLO, o.OpenSLO)
			if err := errors.Join(wrong...); err != nil {
				return usageError{err}
			}
			text, err := o.YAML()
			if err != nil {
				return err
			}
			name := out
			if name == "" {
				name = "services.yaml"
			}
			if _, err := catalog.Parse(name, text); err != nil {
				return usageError{fmt.Errorf("what the documents say is no services file:\n%w", err)}
			}
			for _, n := range o.Notices {
				fmt.Fprintln(cmd.ErrOrStderr(), n)
			}
			if out == "" {
				_, err := cmd.OutOrStdout().Write(text)
				return err
			}
			return create(out, text)
		},
	}
	cmd.Flags().StringArrayVar(&openSLO, "from-openslo", nil, "a file of OpenSLO v1 documents; may be given again")
	cmd.Flags().StringArrayVar(&backstage, "from-backstage", nil, "a catalog-info.yaml of Backstage; may be given again")
	cmd.Flags().StringVar(&out, "out", "", "the file to write (default: stdout)")
	return cmd
}

// create writes a file that must not be there yet, whole or not at all.
func create(path string, data []byte) error {
	if _, err := os.Lstat(path); err == nil {
		return usageError{fmt.Errorf("%s: got a file that is there already, allowed: a new one", path)}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return usageError{err}
	}
	temporary, err := writeBeside(path, data)
	if err != nil {
		return usageError{err}
	}
	// Link refuses what came meanwhile; a rename would replace it.
	err = os.Link(temporary, path)
	_ = os.Remove(temporary)
	if err != nil {
		return usageError{err}
	}
	return nil
}
