package dashboards

import (
	"encoding/json"
	"strings"

	"github.com/readygate/readygate/internal/telemetry"
)

// Hidden variables with the first data source of a kind, for links.
const (
	logsSource   = "logs"
	tracesSource = "traces"
)

// logsOf and tracesOf lead from a series to the logs and the traces of its service, in
// Grafana's Explore.
var (
	logsOf = link{"Logs of errors", explore(logsSource, "loki", map[string]string{
		"expr": `{service_name="${__field.labels.` + telemetry.Service + "}\"} | severity_text=~`ERROR|FATAL`",
	})}
	tracesOf = link{"Traces with errors", explore(tracesSource, "tempo", map[string]string{
		"queryType": "traceql",
		"query":     `{resource.service.name="${__field.labels.` + telemetry.Service + `}" && status=error}`,
	})}
)

// explore is the address of Grafana's Explore with a query, over the time range of
// the dashboard.
func explore(source, kind string, query map[string]string) string {
	type object = map[string]any
	uid := "${" + source + "}"
	asked := object{"refId": "A", "datasource": object{"type": kind, "uid": uid}}
	for k, v := range query {
		asked[k] = v
	}
	panes, err := json.Marshal(object{"a": object{
		"datasource": uid,
		"queries":    []object{asked},
		"range":      object{"from": "${__from}", "to": "${__to}"},
	}})
	if err != nil {
		panic(err) // maps of strings
	}
	// Grafana looks for variables before the address is decoded, so they stay as they
	// are, and with them all braces.
	signs := strings.NewReplacer(`"`, "%22", `\`, "%5C", " ", "%20", "`", "%60", "|", "%7C", "=", "%3D", "&", "%26", "~", "%7E")
	return "/explore?schemaVersion=1&orgId=1&panes=" + signs.Replace(string(panes))
}
