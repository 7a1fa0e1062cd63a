package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/alerts/changes"
)

// Formats of the list of changes.
const (
	diffText = "text"
	diffJSON = "json"
)

// errChanges ends diff with exit code 1, and says nothing more.
var errChanges = errors.New("")

func newDiffCommand() *cobra.Command {
	format := diffText
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Show which alerts change between two services files",
		Long: `Diff compares two services files in terms of alerts: which are added or removed, and
which get another threshold, time to wait, severity, tier, team or condition. A
service that one file does not declare has, there, the alerts for every service.

Changes of the file that change no alert, such as a link, are no changes.

Exit code 0: no alert changes. 1: some do. 2: a file or the command line is wrong.`,
		Example: `  readyctl diff services.yaml services.new.yaml
  git show main:services.yaml > old.yaml && readyctl diff old.yaml services.yaml`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := changesBetween(args[0], args[1], format)
			if err != nil {
				return err
			}
			if err := writeChanges(cmd.OutOrStdout(), all, format); err != nil {
				return err
			}
			if len(all) > 0 {
				return errChanges
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", diffText, "text or json")
	return cmd
}

// changesBetween reports everything that is wrong with the command line and both files.
func changesBetween(before, after, format string) ([]changes.Change, error) {
	var wrong error
	if format != diffText && format != diffJSON {
		wrong = usageError{fmt.Errorf("--format: got %q, allowed: %s or %s", format, diffText, diffJSON)}
	}
	_, old, oldErr := rulesFor(before)
	_, now, nowErr := rulesFor(after)
	if err := errors.Join(wrong, oldErr, nowErr); err != nil {
		return nil, err
	}
	all, err := changes.Between(old, now)
	if err != nil {
		return nil, fmt.Errorf("alerts: %w", err)
	}
	return all, nil
}

func writeChanges(out io.Writer, all []changes.Change, format string) error {
	if format == diffJSON {
		if all == nil {
			all = []changes.Change{}
		}
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(all)
	}
	for _, c := range all {
		if _, err := fmt.Fprintln(out, c); err != nil {
			return err
		}
	}
	return nil
}
