package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
)

func newDashboardsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "dashboards [lint|preview|push]",
		Short: "Look after Grafana dashboards: see them, find faults, put them into a Grafana",
		Long: `Dashboards are made by "readyctl generate dashboards". The commands below look after
them, and lint after anybody's.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var names []string
			for _, c := range cmd.Commands() {
				names = append(names, c.Name())
			}
			return usageError{errors.New("dashboards: got no command, allowed: " + strings.Join(names, ", "))}
		},
	}
	cmd.AddCommand(newDashboardsLintCommand(), newDashboardsPreviewCommand(), newDashboardsPushCommand())
	return cmd
}
