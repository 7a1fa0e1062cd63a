package dashboards

import (
	"fmt"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	promql "github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// anything is the value of a variable when all is chosen. As a regular
// expression it matches every value, and a label that is absent.
const anything = ".*"

// datasource is the Prometheus that the viewer chose.
var datasource = common.DataSourceRef{Type: cog.ToPtr("prometheus"), Uid: cog.ToPtr("${datasource}")}

// redVariables are named as the labels that they choose: links may say
// ?var-service=payments. Each offers what those before it leave.
func redVariables() []cog.Builder[dashboard.VariableModel] {
	return []cog.Builder[dashboard.VariableModel]{
		dashboard.NewDatasourceVariableBuilder("datasource").Label("Data source").Type("prometheus"),
		labelVariable(telemetry.Service, "Service"),
		labelVariable(telemetry.Environment, "Environment", telemetry.Service),
		labelVariable(telemetry.Version, "Version", telemetry.Service, telemetry.Environment),
	}
}

func labelVariable(label, title string, after ...string) cog.Builder[dashboard.VariableModel] {
	matchers := promql.Ours
	if len(after) > 0 {
		matchers += ", " + matching(after...)
	}
	query := fmt.Sprintf("label_values(%s{%s}, %s)", telemetry.HTTPRequests.Name, matchers, label)
	all := dashboard.VariableOption{
		Text:  dashboard.StringOrArrayOfString{ArrayOfString: []string{"All"}},
		Value: dashboard.StringOrArrayOfString{ArrayOfString: []string{"$__all"}},
	}
	return dashboard.NewQueryVariableBuilder(label).
		Label(title).
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
