// Package slo has the alerts about error budgets: how fast they burn, by failed
// requests and by slow ones, and whether they are gone. The arithmetic is that of
// package internal/slo.
package slo

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/slo"
	"github.com/readygate/readygate/internal/telemetry"
)

// Family are the rules about service level objectives. It uses the family red, which
// knows where requests are counted.
func Family() rule.Family {
	return rule.Family{
		Name:       "slo",
		Interval:   time.Minute,
		Uses:       []string{"red"},
		Apart:      true,
		Recordings: recordings,
		Alerts:     slices.Concat(errorBurn(), latencyBurn(), []rule.Alert{exhausted()}),
	}
}

// tile is the window of the recorded rates, and the step in which windows of hours are
// put together, so that each request is counted once. Windows of days are put together
// from hours.
const tile = 5 * time.Minute

// rates adds up the recorded rates of a window; count makes requests of them.
func rates(series, window string) string {
	return fmt.Sprintf("sum_over_time(%s[%s:%s])", series, window, rule.Short(tile))
}

func count(series, window string) string {
	return fmt.Sprintf("%s * %s", rule.Seconds(tile), rates(series, window))
}

// hours adds up numbers of an hour.
func hours(series, window string) string {
	return fmt.Sprintf("sum_over_time(%s[%s:1h])", series, window)
}

// recordings are each after those that they read.
func recordings(c catalog.Catalog) []rule.Recording {
	return slices.Concat(errorRecordings(), slowRecordings(latencies(c)))
}

func errorRecordings() []rule.Recording {
	const (
		requests, errors = telemetry.RecordedRequests, telemetry.RecordedErrors
		ratio            = "%s / (%s > 0)"
	)
	var all []rule.Recording
	record := func(name, format string, args ...any) {
		all = append(all, rule.Recording{Name: name, Expr: fmt.Sprintf(format, args...), Carries: telemetry.ServiceIdentity()})
	}
	record(telemetry.SLOErrorRatio30m, ratio, rates(errors, "30m"), rates(requests, "30m"))
	record(telemetry.SLOErrorRatio2h, ratio, rates(errors, "2h"), rates(requests, "2h"))
	record(telemetry.SLOErrors6h, "%s", count(errors, "6h"))
	record(telemetry.SLOErrorRatio6h, ratio, telemetry.SLOErrors6h, count(requests, "6h"))
	record(telemetry.SLORequestsHourly, "%s", count(requests, "1h"))
	record(telemetry.SLOErrorsHourly, "%s", count(errors, "1h"))
	for _, w := range []struct{ number, ratio, window string }{
		{telemetry.SLOErrors1d, telemetry.SLOErrorRatio1d, "1d"},
		{telemetry.SLOErrors3d, telemetry.SLOErrorRatio3d, "3d"},
		{telemetry.SLOErrors30d, telemetry.SLOErrorRatio30d, "30d"},
	} {
		record(w.number, "%s", hours(telemetry.SLOErrorsHourly, w.window))
		record(w.ratio, ratio, w.number, hours(telemetry.SLORequestsHourly, w.window))
	}
	return all
}

// latencies are the durations that are objectives, each once, ascending.
func latencies(c catalog.Catalog) []time.Duration {
	all := []time.Duration{c.Defaults.SLO.Latency}
	for _, s := range c.Services {
		all = append(all, s.SLO.Latency)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func slowRecordings(latencies []time.Duration) []rule.Recording {
	const timed = telemetry.RecordedDurations
	var (
		all     []rule.Recording
		carries = append(telemetry.ServiceIdentity(), telemetry.Within)
	)
	for _, d := range latencies {
		all = append(all, rule.Recording{
			Name: telemetry.SLOSlow, Carries: carries,
			Labels: map[string]string{telemetry.Within: within(d)},
			Expr: fmt.Sprintf("%s - sum by (%s) (%s{%s=~%q})",
				timed, rule.Identity(), telemetry.RecordedBuckets, telemetry.Bucket, spellings(d)),
		})
	}
	record := func(name, format string, args ...any) {
		all = append(all, rule.Recording{Name: name, Expr: fmt.Sprintf(format, args...), Carries: carries})
	}
	// Of one total there are several shares, one for each duration.
	share := fmt.Sprintf("%%s / on (%s) group_left () (%%s > 0)", rule.Identity())
	record(telemetry.SLOSlowRatio5m, share, telemetry.SLOSlow, timed)
	record(telemetry.SLOSlowRatio30m, share, rates(telemetry.SLOSlow, "30m"), rates(timed, "30m"))
	record(telemetry.SLOSlowRatio2h, share, rates(telemetry.SLOSlow, "2h"), rates(timed, "2h"))
	record(telemetry.SLOSlow6h, "%s", count(telemetry.SLOSlow, "6h"))
	record(telemetry.SLOSlowRatio6h, share, telemetry.SLOSlow6h, count(timed, "6h"))
	record(telemetry.SLOSlow1h, "%s", count(telemetry.SLOSlow, "1h"))
	all = append(all, rule.Recording{Name: telemetry.SLOTimedHourly, Expr: count(timed, "1h"), Carries: telemetry.ServiceIdentity()})
	record(telemetry.SLOSlowRatio1h, share, telemetry.SLOSlow1h, telemetry.SLOTimedHourly)
	for _, w := range []struct{ number, ratio, window string }{
		{telemetry.SLOSlow1d, telemetry.SLOSlowRatio1d, "1d"},
		{telemetry.SLOSlow3d, telemetry.SLOSlowRatio3d, "3d"},
	} {
		record(w.number, "%s", hours(telemetry.SLOSlow1h, w.window))
		record(w.ratio, share, w.number, hours(telemetry.SLOTimedHourly, w.window))
	}
	return all
}

// within writes a duration as people do: 1s, 2.5s, 250ms.
func within(d time.Duration) string { return d.String() }

// spellings is a regular expression of a bound: of a whole number of seconds a
// gateway may write le="1", another le="1.0".
func spellings(d time.Duration) string {
	bound := rule.Number(d.Seconds())
	if d%time.Second == 0 {
		return bound + `(\.0)?`
	}
	return regexp.QuoteMeta(bound)
}

// budget writes the share of requests that an objective allows to be bad.
func budget(objective float64) string { return rule.Number(slo.Budget(objective)) }
