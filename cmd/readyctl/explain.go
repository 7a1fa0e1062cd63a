package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/explain"
	"github.com/readygate/readygate/dashboards"
	"github.com/readygate/readygate/internal/catalog"
)

func newExplainCommand() *cobra.Command {
	var servicesFile, service string
	cmd := &cobra.Command{
		Use:   "explain ALERT [--services FILE] [--service NAME]",
		Short: "Say when an alert fires, why, and who is told",
		Long: `Explain says of an alert when it fires, which numbers decide that and where each
comes from (a line of the services file, or the checklist), what they amount to, who
is told, and which check of the checklist it serves.

Without --service it is about what the services file does not declare, and names the
services that have numbers of their own; of an alert that only declared services
have, about all of them.

Exit code 0: explained, also that there is no such alert of a service. 2: the
services file, the name of the alert or of the service is wrong.`,
		Example: `  readyctl explain HighErrorRate
  readyctl explain HighErrorRate --services services.yaml --service payments`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, rules, err := rulesFor(servicesFile)
			if err != nil {
				return err
			}
			answer, err := explain.Answer(c, rules, explain.Question{Alert: args[0], Service: service, File: servicesFile})
			if err != nil {
				return usageError{err}
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), answer)
			return err
		},
	}
	cmd.Flags().StringVar(&servicesFile, "services", "", "the services file (default: none, every service and the checklist's thresholds)")
	cmd.Flags().StringVar(&service, "service", "", "a service that the file declares: NAME or NAMESPACE/NAME")
	return cmd
}

// rulesFor makes the rules of a services file; of none, those for every service.
func rulesFor(servicesFile string) (catalog.Catalog, *alerts.Rules, error) {
	c, err := loadCatalog(servicesFile)
	if err != nil {
		return c, nil, usageError{err}
	}
	rules, err := alerts.Generate(c, alerts.Options{DashboardURL: dashboards.URL(c.GrafanaURL)})
	if err != nil {
		return c, nil, fmt.Errorf("alerts: %w", err)
	}
	return c, rules, nil
}
