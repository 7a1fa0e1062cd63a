package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/internal/catalog"
)

func newCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE",
		Short: "Check a services file",
		Long: `Check reads a services file and reports everything that is wrong with it, in the
order of the file: where, what it says there, and what it may say. What a
services file may say is described in docs/reference/services.md.

Exit code 0: nothing is wrong. 2: something is.`,
		Example: `  readyctl check services.yaml`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("check: got %d arguments, allowed: one services file", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := catalog.Load(args[0])
			if err != nil {
				return usageError{err}
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: ok, %s\n", args[0], services(len(c.Services)))
			return err
		},
	}
}

func services(n int) string {
	if n == 1 {
		return "1 service"
	}
	return fmt.Sprintf("%d services", n)
}
