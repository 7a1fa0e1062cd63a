package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/formats"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/spell"
)

func newGenerateCommand() *cobra.Command {
	var services []string
	var r request
	var out string
	var checkOnly bool
	cmd := &cobra.Command{
		Use:   "generate [" + strings.Join(kindNames(), "|") + "|all] --out DIR",
		Short: "Generate alerts and their tests, routing, runbooks, dashboards, gateway configuration",
		Long: `Generate writes what watches your services:

  alerts        DIR/rules/*.yaml          recording rules and alerts for Prometheus
                DIR/rules/tests/*.yaml    their unit tests, for promtool test rules
  alertmanager  DIR/alertmanager.yaml     who is told of what, for Alertmanager
                DIR/alertmanager_test.sh  its tests: amtool says who is told, for each service
  runbooks      DIR/runbooks/             a page for each alert and service
  dashboards    DIR/dashboards/*.json     dashboards for Grafana 10 to 13
                DIR/dashboards/provisioning.yaml  the file by which Grafana loads them
                DIR/dashboards-v2/*.json  the same in schema v2, for Grafana 13
  gateway       DIR/gateway.yaml          a second --config for the gateway: business metrics

Everything is made from the services file. Without one, the rules cover every
service with the checklist's own thresholds, and there is nothing to route. One
file has all services that a Prometheus watches: what it does not declare is judged
by its defaults.

Nothing is written unless everything could be made. Each file is then replaced as
a whole, and a file that would not change is left alone. A file of an earlier run
that would not be written any more is removed, if its first line still says that
it was generated. Files replace each other one by one: a crash in between can leave
new files beside old ones, which the next run mends and --check reports.

With --check nothing is written. Exit code 1 then means that files are missing,
not what would be generated, or would be removed.`,
		Example: `  readyctl generate --out generated
  readyctl generate --services services.yaml --out generated
  readyctl generate --services services.yaml --out generated --check   # in CI
  readyctl generate alerts --services services.yaml --out generated --format prometheusrule
  readyctl generate dashboards --services services.yaml --out generated --dashboard-format configmap
  promtool test rules generated/rules/tests/*.yaml`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var wrong []error
			if out == "" {
				wrong = append(wrong, errors.New("--out: got nothing, allowed: a directory to write to"))
			}
			wanted, err := kindsOf(args)
			wrong = append(wrong, err)
			if _, known := alertFormats[r.format]; !known {
				wrong = append(wrong, fmt.Errorf("--format: got %q, allowed: %s", r.format, strings.Join(formatNames(), ", ")))
			}
			wrong = append(wrong, r.dashboards.check())
			switch len(services) {
			case 0:
				r.catalog = catalog.Default()
			case 1:
				r.file = services[0]
				r.catalog, err = loadCatalog(r.file)
				wrong = append(wrong, err)
			default:
				// Two files would each judge the services of the other by the defaults.
				wrong = append(wrong, fmt.Errorf("--services: got %d files, allowed: one, with all services that a Prometheus watches", len(services)))
			}
			if err := errors.Join(wrong...); err != nil {
				return usageError{err}
			}
			files, err := generate(r, wanted)
			if err != nil {
				return err
			}
			for _, said := range files.said {
				fmt.Fprintln(cmd.ErrOrStderr(), said)
			}
			if checkOnly {
				return files.reportStale(cmd.OutOrStdout(), out)
			}
			return files.write(cmd.ErrOrStderr(), out)
		},
	}
	cmd.Flags().StringArrayVar(&services, "services", nil, "the services file (default: none, every service and the checklist's thresholds)")
	cmd.Flags().StringVar(&out, "out", "", "the directory to write to; it is made when missing")
	cmd.Flags().StringVar(&r.format, "format", "prometheus", "of the alerts: "+strings.Join(formatNames(), ", "))
	cmd.Flags().StringVar(&r.datasource, "grafana-datasource", "prometheus", "uid of the data source, for --format grafana")
	cmd.Flags().StringVar(&r.object.Namespace, "namespace", "", "namespace of the objects, for --format prometheusrule and --dashboard-format configmap")
	cmd.Flags().StringToStringVar(&r.object.Labels, "label", nil, "name=value, a label by which a Prometheus selects the objects, for --format prometheusrule; may be given again")
	r.dashboards.flags(cmd)
	cmd.Flags().BoolVar(&checkOnly, "check", false, "write nothing, report files that are missing or stale")
	return cmd
}

// request is what is to be generated from.
type request struct {
	catalog catalog.Catalog
	// rules are those of the catalog; generate sets it, so that they are made once.
	rules      func() (*alerts.Rules, error)
	file       string // the services file; may be empty
	format     string
	datasource string
	object     formats.PrometheusRuleOptions
	dashboards dashboardOptions
}

// kindsOf are the kinds that the arguments name.
func kindsOf(args []string) ([]kind, error) {
	if len(args) == 0 || args[0] == "all" {
		return kinds(), nil
	}
	names := append(kindNames(), "all")
	at := slices.Index(names, args[0])
	if at < 0 {
		hint := ""
		if meant := spell.Nearest(args[0], names); meant != "" {
			hint = fmt.Sprintf("; did you mean %q?", meant)
		}
		return nil, fmt.Errorf("generate: got %q, allowed: %s%s", args[0], strings.Join(names, ", "), hint)
	}
	return kinds()[at : at+1], nil
}

func kindNames() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// generate makes and validates all files in memory, all kinds at the same time.
func generate(r request, wanted []kind) (generated, error) {
	r.rules = sync.OnceValues(func() (*alerts.Rules, error) { return rulesOf(r.catalog) })
	made := make([]struct {
		files []output
		said  string
		err   error
	}, len(wanted))
	var making sync.WaitGroup
	for i, k := range wanted {
		making.Go(func() { made[i].files, made[i].said, made[i].err = k.make(r) })
	}
	making.Wait()
	var all generated
	for i, k := range wanted {
		if err := made[i].err; err != nil {
			return generated{}, fmt.Errorf("%s: %w", k.name, err)
		}
		if said := made[i].said; said != "" {
			all.said = append(all.said, k.name+": "+said)
		}
		all.files = append(all.files, made[i].files...)
		all.owned = append(all.owned, k.owns...)
	}
	return all, nil
}
