package dashboards

import (
	"strings"

	"github.com/readygate/readygate/internal/telemetry"
)

// The colours of all dashboards. The same thing has the same colour everywhere, and
// the colours are those of Okabe and Ito, which people with any kind of colour
// vision tell apart (https://jfly.uni-koeln.de/color/). Good and bad are bluish green
// and vermilion, not green and red.
const (
	good    = "#009E73"
	caution = "#E69F00"
	bad     = "#D55E00"
	calm    = "#0072B2"
	light   = "#56B4E9"
	accent  = "#CC79A7"
	faint   = "#999999"
)

// colors of series by the beginning of their legend, in panels where a legend begins so
// or has the label. What is not among them gets a colour by its name, the same on every
// dashboard.
var colors = []struct{ legend, label, color string }{
	{legend: "p50", color: light}, {legend: "p95", color: calm}, {legend: "p99", color: accent},
	{telemetry.StableRelease, telemetry.Canary, calm}, {telemetry.CanaryRelease, telemetry.Canary, caution},
	{telemetry.Success, telemetry.Outcome, good}, {telemetry.Failure, telemetry.Outcome, bad},
	{"2xx", telemetry.StatusClass, good}, {"3xx", telemetry.StatusClass, light}, {"4xx", telemetry.StatusClass, caution}, {"5xx", telemetry.StatusClass, bad},
	{legend: "usual", color: faint}, {legend: "a day before", color: faint}, {legend: "a week before", color: faint},
	{legend: thresholdLegend, color: bad},
}

// colored are the colours that the legends of the queries may need.
func (p panel) colored() map[string]string {
	all := make(map[string]string)
	for _, c := range colors {
		for _, q := range p.queries {
			if strings.HasPrefix(q.legend, c.legend) || c.label != "" && strings.Contains(q.legend, "{{"+c.label+"}}") {
				all[c.legend] = c.color
			}
		}
	}
	return all
}
