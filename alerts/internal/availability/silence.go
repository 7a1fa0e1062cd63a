package availability

import (
	"fmt"
	"strings"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// lastHeard is when services were last heard of: by each gateway, and by anybody.
func lastHeard(c catalog.Catalog) []rule.Recording {
	var (
		all      []rule.Recording
		identity = telemetry.ServiceIdentity()
	)
	for _, s := range source.All(c) {
		expr := s.Max(s.LastHeard())
		if s.Service == nil {
			all = append(all, rule.Recording{
				Name: telemetry.RecordedHeardBy, Carries: append(telemetry.ServiceIdentity(), telemetry.GatewayInstance),
				Expr: s.Max(s.LastHeard(), telemetry.GatewayInstance),
			})
			expr = fmt.Sprintf("max by (%s) (%s)", strings.Join(identity, ", "), heardBy)
		}
		all = append(all, rule.Recording{Name: telemetry.RecordedLastHeard, Labels: s.Labels, Carries: identity, Expr: expr})
	}
	return all
}

const heardBy = telemetry.RecordedHeardBy + "{" + query.Ours + "}"

// silence is counted for what was heard recently, and by the gateway that heard it last,
// while that gateway hears anything at all: else the gateway is gone, or Prometheus
// cannot reach it, and GatewayAbsent says so. For what no gateway hears, it is counted
// while anything is heard. What the alert already tells of goes on. Of all times the last
// is taken, for when one gateway is gone another may know of an older one.
func silence() string {
	heard := fmt.Sprintf("max_over_time(%s[%s])", telemetry.RecordedLastHeard, recent)
	by := fmt.Sprintf("max_over_time(%s[%s])", heardBy, recent)
	last := fmt.Sprintf("%s >= on (%s) group_left () (%s - %s)", by, rule.Identity(), heard, lately)
	return fmt.Sprintf(`time() - (%s and on (%s) (%s and on (%s) %s) or (%s unless on (%s) %s) and on () count(%s) or %s and on (%s) ALERTS{alertname=%q, alertstate="firing"})`,
		heard, rule.Identity(), last, telemetry.GatewayInstance, heardBy,
		heard, rule.Identity(), by, telemetry.RecordedLastHeard,
		heard, rule.Identity(), absentName)
}

// newName are services of which a namespace or an environment is heard that was not two
// hours ago: as long as the hour of traffic and the longest silence that is waited for. So a
// service that is renamed is not taken for one that fell silent, and one that always was
// in several environments is told of in each.
func newName() string {
	return fmt.Sprintf("group by (%s) (%s <= %s unless present_over_time(%s[10m] offset 2h))",
		telemetry.Service, telemetry.RecordedSilence, lately, telemetry.RecordedSilence)
}
