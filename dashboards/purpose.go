package dashboards

import (
	"slices"
	"strings"

	"github.com/readygate/readygate/internal/telemetry"
)

// purpose is what a row is for: the lines of the checklist that its panels serve if they
// name none themselves, and the dashboard that a click leads to if it leads nowhere
// else.
type purpose struct {
	checks []string
	next   string
}

// purposes by the id of the row. Every row with panels has one.
var purposes = map[uint32]purpose{
	100: {[]string{"PR-105"}, sloUID},
	200: {[]string{"PR-105"}, sloUID},
	300: {[]string{"PR-093"}, sloUID},
	400: {[]string{"PR-094"}, sloUID},
	500: {[]string{"PR-033"}, releaseUID},

	1100: {[]string{"PR-038"}, redUID},
	1200: {[]string{"PR-038"}, redUID},
	1300: {[]string{"PR-038"}, redUID},
	1400: {[]string{"PR-038"}, redUID},
	1500: {[]string{"PR-094"}, redUID},

	2100: {[]string{"PR-097"}, redUID},
	2200: {[]string{"PR-097"}, redUID},
	2300: {[]string{"PR-097"}, redUID},
	2400: {[]string{"PR-097"}, redUID},
	2500: {[]string{"PR-097"}, readinessUID},
	2600: {[]string{"PR-097"}, readinessUID},

	3000: {[]string{"PR-099"}, redUID},
	3100: {[]string{"PR-101"}, redUID},
	3200: {[]string{"PR-038"}, redUID},
	3300: {[]string{"PR-099"}, redUID},
	3400: {[]string{"PR-100"}, redUID},

	4000: {[]string{"PR-102"}, redUID},
	4100: {[]string{"PR-102"}, redUID},
	4200: {[]string{"PR-102"}, redUID},
	4300: {[]string{"PR-102"}, redUID},

	5000: {[]string{"PR-091"}, redUID},
	5100: {[]string{"PR-026"}, redUID},
	5200: {[]string{"PR-026"}, redUID},
	5300: {[]string{"PR-091"}, redUID},
	5400: {[]string{"PR-094"}, redUID},

	6100: {[]string{"PR-048"}, readinessUID},
	6200: {[]string{"PR-042"}, readinessUID},
	6300: {[]string{"PR-044"}, readinessUID},
	6400: {[]string{"PR-005"}, readinessUID},
	6500: {[]string{"PR-016"}, gatewayUID},

	7100: {[]string{"PR-016"}, qualityUID},
	7200: {[]string{"PR-011"}, qualityUID},
	7300: {[]string{"PR-011"}, qualityUID},
	7400: {[]string{"PR-016"}, qualityUID},
	7500: {[]string{"PR-011"}, qualityUID},

	8100: {[]string{"PR-095"}, readinessUID},
	8200: {[]string{"PR-095"}, readinessUID},
	8300: {[]string{"PR-041"}, readinessUID},
	8400: {[]string{"PR-014"}, readinessUID},

	10100: {[]string{"PR-095"}, qualityUID},
	10200: {[]string{"PR-091"}, releaseUID},
	10300: {[]string{"PR-095"}, qualityUID},
	10400: {[]string{"PR-038"}, sloUID},
	10500: {[]string{"PR-048"}, recoveryUID},
}

// purposeful is the panel with what its row is for. Where series tell their service, a
// click leads to that; else to what the viewer selected.
func (p panel) purposeful(row uint32) panel {
	of := purposes[row]
	if len(p.checks) == 0 {
		p.checks = of.checks
	}
	if p.drill != "" || len(p.links) > 0 || of.next == "" {
		return p
	}
	if slices.ContainsFunc(p.queries, func(q query) bool { return strings.Contains(q.legend, "{{"+telemetry.Service+"}}") }) {
		p.drill = of.next
		return p
	}
	p.links = []link{{"Open " + titles[of.next], "/d/" + of.next + "?${__url_time_range}&${__all_variables}"}}
	return p
}
