package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/dashboards"
	"github.com/readygate/readygate/internal/catalog"
)

// Names of the generated files below the output directory.
const (
	rulesFile = "readygate.yaml"
	rulesPath = "rules/" + rulesFile
	testsPath = "rules/readygate_test.yaml"
	redPath   = "dashboards/red.json"
)

func newGenerateCommand() *cobra.Command {
	var servicesFile, out string
	var checkOnly bool
	cmd := &cobra.Command{
		Use:   "generate --out DIR",
		Short: "Generate alerts, their unit tests and dashboards",
		Long: `Generate writes what watches your services:

  DIR/rules/readygate.yaml       recording rules and alerts for Prometheus
  DIR/rules/readygate_test.yaml  their unit tests, for promtool test rules
  DIR/dashboards/red.json        the dashboard "RED per service" for Grafana

Everything is made from the services file. Without one, the rules cover every
service with the checklist's own thresholds.

Nothing is written unless everything could be made. Each file is then replaced as
a whole, and a file that would not change is left alone. Files replace each other
one by one: a crash in between can leave new files beside old ones, which the
next run mends and --check reports.

With --check nothing is written. Exit code 1 then means that files are missing or
not what would be generated.`,
		Example: `  readyctl generate --out generated
  readyctl generate --services services.yaml --out generated
  readyctl generate --services services.yaml --out generated --check   # in CI
  promtool test rules generated/rules/readygate_test.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var noOut error
			if out == "" {
				noOut = usageError{errors.New("--out: got nothing, allowed: a directory to write to")}
			}
			files, err := generate(servicesFile)
			if err := errors.Join(noOut, err); err != nil {
				return err
			}
			if checkOnly {
				return reportStale(cmd.OutOrStdout(), out, files)
			}
			return write(cmd.ErrOrStderr(), out, files)
		},
	}
	cmd.Flags().StringVar(&servicesFile, "services", "", "the services file (default: none, every service and the checklist's thresholds)")
	cmd.Flags().StringVar(&out, "out", "", "the directory to write to; it is made when missing")
	cmd.Flags().BoolVar(&checkOnly, "check", false, "write nothing, report files that are missing or stale")
	return cmd
}

// generate makes and validates all files in memory.
func generate(servicesFile string) ([]output, error) {
	c := catalog.Default()
	if servicesFile != "" {
		var err error
		if c, err = catalog.Load(servicesFile); err != nil {
			return nil, usageError{err}
		}
	}
	rules, err := alerts.Generate(c, alerts.Options{DashboardURL: dashboards.REDURL(c.GrafanaURL)})
	if err != nil {
		return nil, fmt.Errorf("alerts: %w", err)
	}
	rulesText, err := rules.YAML()
	if err != nil {
		return nil, fmt.Errorf("alerts: %w", err)
	}
	testsText, err := rules.UnitTests(rulesFile)
	if err != nil {
		return nil, fmt.Errorf("unit tests of alerts: %w", err)
	}
	red, err := dashboards.RED(c)
	if err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	redText, err := dashboards.JSON(red)
	if err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	return []output{{rulesPath, rulesText}, {testsPath, testsText}, {redPath, redText}}, nil
}

// write replaces the files that changed and says what it did.
func write(talk io.Writer, dir string, files []output) error {
	var changed []output
	for _, f := range files {
		same, err := f.same(dir)
		if err != nil {
			return usageError{err}
		}
		if !same {
			changed = append(changed, f)
		}
	}
	if err := replace(dir, changed); err != nil {
		return usageError{err}
	}
	for _, f := range changed {
		fmt.Fprintln(talk, "wrote", filepath.Join(dir, f.path))
	}
	if len(changed) == 0 {
		fmt.Fprintf(talk, "%s is up to date\n", dir)
	}
	return nil
}
