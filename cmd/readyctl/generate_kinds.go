package main

import (
	"errors"
	"maps"
	"slices"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/formats"
	"github.com/readygate/readygate/alerts/routing"
	"github.com/readygate/readygate/alerts/runbook"
	"github.com/readygate/readygate/config"
	"github.com/readygate/readygate/dashboards"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/overlay"
)

// kind is one thing that can be generated.
type kind struct {
	name string
	// owns are the folders and files, below the output directory, that hold nothing
	// generated but what make returns.
	owns []string
	// make returns the files, and what is to be said about what there is not.
	make func(request) ([]output, string, error)
}

func kinds() []kind {
	return []kind{
		{"alerts", []string{"rules"}, makeAlerts},
		{"alertmanager", []string{alertmanagerFile, routesFile}, makeAlertmanager},
		{"runbooks", []string{"runbooks"}, makeRunbooks},
		{"dashboards", []string{dashboardsFolder, dashboardsV2Folder}, makeDashboards},
		{"gateway", []string{"gateway.yaml"}, makeGateway},
	}
}

// alertFormats are the layouts that alerts can be written in, by the name of the
// flag. Unit tests are for promtool, and so beside Prometheus' own files only.
var alertFormats = map[string]func(request, *alerts.Rules) ([]alerts.File, error){
	"prometheus": func(_ request, rules *alerts.Rules) ([]alerts.File, error) { return rules.Files() },
	"prometheusrule": func(r request, rules *alerts.Rules) ([]alerts.File, error) {
		return formats.PrometheusRules(rules.Groups(), r.object)
	},
	"mimir": func(_ request, rules *alerts.Rules) ([]alerts.File, error) {
		return formats.Mimir(rules.Groups(), formats.MimirOptions{Namespace: "readygate"})
	},
	"grafana": func(r request, rules *alerts.Rules) ([]alerts.File, error) {
		return formats.Grafana(rules.Groups(), formats.GrafanaOptions{Datasource: r.datasource})
	},
}

func formatNames() []string { return slices.Sorted(maps.Keys(alertFormats)) }

func rulesOf(c catalog.Catalog) (*alerts.Rules, error) {
	return alerts.Generate(c, alerts.Options{DashboardURL: dashboards.URL(c.GrafanaURL)})
}

func makeAlerts(r request) ([]output, string, error) {
	rules, err := r.rules()
	if err != nil {
		return nil, "", err
	}
	files, err := alertFormats[r.format](r, rules)
	return below("rules", files), "", err
}

// Files of the routing, and its tests.
const (
	alertmanagerFile = "alertmanager.yaml"
	routesFile       = "alertmanager_test.sh"
)

func makeAlertmanager(r request) ([]output, string, error) {
	text, err := routing.Config(r.catalog)
	if errors.Is(err, routing.ErrNoRouting) {
		return nil, "nothing is written: the services file has no routing", nil
	}
	if err != nil {
		return nil, "", err
	}
	routes, err := routing.Script(r.catalog, alertmanagerFile)
	return []output{{alertmanagerFile, text}, {routesFile, routes}}, "", err
}

func makeRunbooks(r request) ([]output, string, error) {
	rules, err := r.rules()
	if err != nil {
		return nil, "", err
	}
	pages, err := runbook.Pages(r.catalog, rules, runbook.Options{File: r.file})
	return below("runbooks", pages), "", err
}

func makeGateway(r request) ([]output, string, error) {
	base, err := config.Read(config.Scheme + ":default")
	if err != nil {
		return nil, "", err
	}
	text, err := overlay.Config(r.catalog, base)
	if err != nil {
		return nil, "", usageError{err}
	}
	if text == nil {
		return nil, "nothing is written: no service has a business metric to derive, or a canary", nil
	}
	return []output{{"gateway.yaml", text}}, "", nil
}

// below puts files into a folder.
func below(folder string, files []alerts.File) []output {
	all := make([]output, len(files))
	for i, f := range files {
		all[i] = output{folder + "/" + f.Path, f.Data}
	}
	return all
}
