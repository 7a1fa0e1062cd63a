package alerts

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/internal/telemetry"
)

// inputSeries is one series in promtool's notation.
type inputSeries struct {
	Series string `yaml:"series"`
	Values string `yaml:"values"`
}

// gateways are the two that count, each half of the traffic and a release of its
// own: rules must add them up.
var gateways = []string{"gateway-0", "gateway-1"}

// foreign is a series that a service exports itself, beside the gateway's: of the
// same name and identity, and all of it would be bad. No rule may read it.
func foreign(metric string, identity map[string]string, label, value string, phases []phase) inputSeries {
	all := maps.Clone(identity)
	all["job"] = "legacy"
	all[label] = value
	everything := func(phase) float64 { return 1000 }
	return inputSeries{Series: metric + labels.FromMap(all).String(), Values: count(phases, 1, everything)}
}

// requestSeries are requests counted by two gateways. One spells an error by its
// code, the other without. A service that never failed has no series of errors.
func requestSeries(identity map[string]string, phases []phase) []inputSeries {
	statuses := []string{"500", telemetry.ErrorStatus}
	all := []inputSeries{foreign(telemetry.HTTPRequests.Name, identity, telemetry.Status, "500", phases)}
	for i := range gateways {
		failed := func(p phase) float64 { return share(p) / 2 }
		well := func(p phase) float64 { return (p.requests - share(p)) / 2 }
		all = append(all, series(telemetry.HTTPRequests.Name, identity, i, telemetry.Status, "200", count(phases, i, well)))
		if slices.ContainsFunc(phases, func(p phase) bool { return p.bad > 0 }) {
			all = append(all, series(telemetry.HTTPRequests.Name, identity, i, telemetry.Status, statuses[i], count(phases, i, failed)))
		}
	}
	return all
}

// durationSeries are requests and the buckets of their duration around the bound
// at the given index: fast requests lie below it, slow ones above, and where all
// are slow, beyond the last. The gateways spell whole bounds differently: 1, 1.0.
func durationSeries(identity map[string]string, phases []phase, bounds []float64, at int) []inputSeries {
	all := append(requestSeries(identity, withoutErrors(phases)),
		foreign(telemetry.HTTPRequestDuration.BucketName(), identity, telemetry.Bucket, "+Inf", phases))
	bounded := func(p phase) float64 {
		if p.bad == 1 {
			return 0
		}
		return p.requests
	}
	for i := range gateways {
		bucket := func(le string, in func(phase) float64) {
			all = append(all, series(telemetry.HTTPRequestDuration.BucketName(), identity, i,
				telemetry.Bucket, le, count(phases, i, func(p phase) float64 { return in(p) / 2 })))
		}
		if at > 0 {
			bucket(bound(bounds[at-1], i), func(phase) float64 { return 0 })
		}
		bucket(bound(bounds[at], i), func(p phase) float64 { return p.requests - share(p) })
		bucket(bound(bounds[at+1], i), bounded)
		if last := len(bounds) - 1; at+1 < last {
			bucket(bound(bounds[last], i), bounded)
		}
		bucket("+Inf", func(p phase) float64 { return p.requests })
	}
	return all
}

func withoutErrors(phases []phase) []phase {
	well := slices.Clone(phases)
	for i := range well {
		well[i].bad = 0
	}
	return well
}

func bound(v float64, gateway int) string {
	le := number(v)
	if gateway == 1 && !strings.Contains(le, ".") {
		le += ".0"
	}
	return le
}

// share is the number of bad requests per step, rounded to what reads well: the
// rounding is far less than a hair.
func share(p phase) float64 { return math.Round(p.requests*p.bad*1e6) / 1e6 }

func series(metric string, identity map[string]string, gateway int, label, value, values string) inputSeries {
	all := maps.Clone(identity)
	all[telemetry.GatewayInstance] = gateways[gateway]
	all[telemetry.Version] = "1." + strconv.Itoa(gateway) + ".0"
	all[label] = value
	return inputSeries{Series: metric + labels.FromMap(all).String(), Values: values}
}

// count writes a counter that starts at 0 and grows by step in each phase, in
// promtool's notation. Restarts are of the first gateway only.
func count(phases []phase, gateway int, step func(phase) float64) string {
	values := "0"
	total := 0.0
	for _, p := range phases {
		if p.restart && gateway == 0 {
			total = 0
		}
		grow := step(p)
		values += " " + decimal(total+grow)
		if p.steps > 1 {
			values += "+" + decimal(grow) + "x" + strconv.Itoa(p.steps-1)
		}
		total += grow * float64(p.steps)
	}
	return values
}

// decimal has no exponent: counts that people can compare.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
