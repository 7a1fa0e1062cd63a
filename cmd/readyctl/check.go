package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

func newCheckCommand() *cobra.Command {
	var gateway []string
	var strict bool
	cmd := &cobra.Command{
		Use:   "check [FILE] [--strict] [--gateway-config FILE ...]",
		Short: "Check a services file and the gateway's configuration",
		Long: `Check reads a services file, a configuration of the gateway, or both, and reports
everything that is wrong: where, what it says there, and what it may say.

What a services file may say is described in docs/reference/services.md. What is not
wrong but should be known, such as a waiver that ended, is a warning on stderr.

Of a gateway's configuration check proves, without running it, that nothing passes
around scrub: that no exporter or connector can be reached from a receiver unless
a scrub processor in mode enforce stands on the way. Give --gateway-config once for
each --config of the gateway, in the same order; they are merged as the gateway
merges them. embedded:default is the configuration that is compiled into it. What
the gateway reads from elsewhere when it starts, as ${env:NAME}, stays text here:
the extension scrub_guard repeats the proof, with everything read, at every start.

Exit code 0: nothing is wrong. 1: with --strict, there are warnings. 2: something is
wrong.`,
		Example: `  readyctl check services.yaml
  readyctl check --gateway-config gateway.yaml
  readyctl check --gateway-config embedded:default --gateway-config site.yaml`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 || len(args) == 0 && len(gateway) > 0 {
				return nil
			}
			err := fmt.Errorf("check: got %d arguments, allowed: one services file", len(args))
			if len(gateway) == 0 {
				err = errors.Join(err, errors.New("--gateway-config: got nothing, allowed: the gateway's configuration, with or without a services file"))
			}
			return err
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			var summary string
			var wrong []error
			warnings := 0
			for _, path := range args {
				c, err := loadCatalog(path)
				wrong = append(wrong, err)
				for _, n := range c.Notices(time.Now()) {
					warnings++
					fmt.Fprintf(cmd.ErrOrStderr(), "%s:%d: warning: %s\n", path, n.Line, n.Text)
				}
				summary += fmt.Sprintf("%s: ok, %s\n", path, services(len(c.Services)))
			}
			if len(gateway) > 0 {
				proven, err := checkGateway(gateway, cmd.ErrOrStderr())
				wrong = append(wrong, err)
				summary += proven
			}
			if err := errors.Join(wrong...); err != nil {
				return usageError{err}
			}
			if _, err := fmt.Fprint(cmd.OutOrStdout(), summary); err != nil {
				return err
			}
			if strict && warnings > 0 {
				return errors.New("there are warnings, and --strict allows none")
			}
			return nil
		},
	}
	cmd.Flags().StringArrayVar(&gateway, "gateway-config", nil, "a configuration of the gateway: a file, or embedded:default; may be given again")
	cmd.Flags().BoolVar(&strict, "strict", false, "exit 1 if there are warnings")
	return cmd
}

func services(n int) string {
	if n == 1 {
		return "1 service"
	}
	return fmt.Sprintf("%d services", n)
}
