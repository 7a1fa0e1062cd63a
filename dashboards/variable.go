package dashboards

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"github.com/readygate/readygate/internal/telemetry"
)

// anything is the value of a variable when all is chosen. As a regular
// expression it matches every value, and a label that is absent.
const anything = ".*"

// datasource is the Prometheus that the viewer chose.
var datasource = common.DataSourceRef{Type: cog.ToPtr("prometheus"), Uid: cog.ToPtr("${datasource}")}

// filter is a label by whose values the viewer selects. Variables are named as the
// labels that they choose: links may say ?var-service=payments.
type filter struct {
	label, title string
	// of are the series that have the values.
	of []string
	// matchers narrow them, beside what the filters before leave.
	matchers []string
}

// heard are the series by which services are known: those heard of by the gateway,
// and those whose requests others count.
var heard = []string{telemetry.RecordedLastHeard, telemetry.RecordedRequests}

// Filters of dashboards about services. Each offers what those before it leave.
var (
	byEnvironment = filter{label: telemetry.Environment, title: "Environment", of: heard}
	byNamespace   = filter{label: telemetry.ServiceNamespace, title: "Namespace", of: heard}
	byService     = filter{label: telemetry.Service, title: "Service", of: heard}
	byRelease     = filter{label: telemetry.Version, title: "Version", of: []string{telemetry.VersionFirst}}
)

// serviceFilters are those of a dashboard about services, and releases where
// releases is true.
func (v view) serviceFilters(releases bool) []filter {
	all := []filter{byEnvironment}
	if v.service == nil {
		all = append(all, byNamespace, byService)
	}
	if releases {
		all = append(all, byRelease)
	}
	return all
}

// variable of the filter. Before are the filters that stand before it.
func (f filter) variable(v view, before []filter) cog.Builder[dashboard.VariableModel] {
	matchers := append([]string{`__name__=~"` + strings.Join(f.of, "|") + `"`}, f.matchers...)
	if len(f.of) == 1 {
		matchers = f.matchers
	}
	if v.service != nil {
		matchers = append(matchers, spelled(v.service.Selector())...)
	}
	for _, b := range before {
		matchers = append(matchers, matching(b.label))
	}
	series := "{" + strings.Join(matchers, ", ") + "}"
	if len(f.of) == 1 {
		series = f.of[0] + series
	}
	query := fmt.Sprintf("label_values(%s, %s)", series, f.label)
	all := dashboard.VariableOption{
		Text:  dashboard.StringOrArrayOfString{ArrayOfString: []string{"All"}},
		Value: dashboard.StringOrArrayOfString{ArrayOfString: []string{"$__all"}},
	}
	return dashboard.NewQueryVariableBuilder(f.label).
		Label(f.title).
		Datasource(datasource).
		Query(dashboard.StringOrMap{String: &query}).
		Definition(query).
		Refresh(dashboard.VariableRefreshOnTimeRangeChanged).
		Sort(dashboard.VariableSortAlphabeticalAsc).
		Multi(true).
		IncludeAll(true).
		AllValue(anything).
		Current(all)
}
