// Package source says where the requests of services are counted: by the gateway,
// or, for a service with another profile of metrics, by whoever the profile names.
// Families of alerts that look at requests record the same series from every
// source, and know nothing of profiles beyond that.
//
// Selectors are written from matchers: what people wrote in the services file stays
// data. Everything is deterministic and safe for concurrent use.
package source

import (
	"fmt"
	"slices"
	"strings"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Source is where the requests of some services are counted. Its methods return
// PromQL that may hold operators, for use in parentheses, such as those of [Source.Sum].
type Source struct {
	// Service is the one that the source is about, with at most one environment; nil
	// for the gateway, which counts for all that have no source of their own.
	Service *catalog.Service
	// Labels are what a recording rule adds, as Recording.Labels: the identity of
	// Service; nil for the gateway, whose series have it.
	Labels map[string]string

	counters series
}

// series are what a source counts.
type series interface {
	// total and failed are requests by a function over a window.
	total(over over) string
	failed(over over) string
	// heard is the Unix time at which they were last known.
	heard() string
	// buckets are requests by upper bound in seconds.
	buckets(over over) string
}

// over is a function of range vectors and its window.
type over struct{ function, window string }

func (o over) of(selector string) string {
	return fmt.Sprintf("%s(%s[%s])", o.function, selector, o.window)
}

// All are the sources for a catalog: the gateway's, then one for each service with
// another profile, and for each of its environments. None counts what another does.
func All(c catalog.Catalog) []Source {
	elsewhere := slices.DeleteFunc(slices.Clone(c.Services), func(s catalog.Service) bool { return !Elsewhere(s) })
	all := []Source{{counters: gateway{except: catalog.Selectors(elsewhere)}}}
	for _, entry := range elsewhere {
		for _, s := range rule.Split(entry) {
			all = append(all, Source{
				Service:  &s,
				Labels:   Identity(s),
				counters: foreign{profiles()[s.Metrics.Profile], chosen(s, len(entry.Environments) > 1)},
			})
		}
	}
	return all
}

// Elsewhere reports whether the requests of a service are counted by somebody else
// than the gateway.
func Elsewhere(s catalog.Service) bool {
	return s.Metrics.Profile != "" && s.Metrics.Profile != catalog.ProfileReadygate
}

// Identity are the labels of the series that are recorded for a declared service
// with at most one environment. What the entry does not tell is not on them.
func Identity(s catalog.Service) map[string]string {
	labels := map[string]string{telemetry.Service: s.Name}
	if s.Namespace != "" {
		labels[telemetry.ServiceNamespace] = s.Namespace
	}
	if len(s.Environments) > 0 {
		labels[telemetry.Environment] = s.Environments[0]
	}
	return labels
}

// Recorded is what [rule.Trial.Identity] is for alerts about the requests of a target.
func Recorded(t rule.Target) map[string]string {
	if t.Service == nil || !Elsewhere(*t.Service) {
		return nil
	}
	return Identity(*t.Service)
}

// Reads are the metrics that sources read beside the contract's, for Family.Reads.
func Reads() []telemetry.Metric { return telemetry.ProfileMetrics() }

// Sum adds up an expression of this source by the labels of the identity, and more.
func (s Source) Sum(expr string, more ...string) string {
	by := more
	if s.Service == nil {
		by = append(telemetry.ServiceIdentity(), more...)
	}
	return fmt.Sprintf("sum by (%s) (%s)", strings.Join(by, ", "), expr)
}

// Max is Sum with the largest instead of the sum.
func (s Source) Max(expr string, more ...string) string {
	return strings.Replace(s.Sum(expr, more...), "sum", "max", 1)
}

// fresh is for how many seconds a sample is news. Prometheus shows it for five minutes
// where it is not told that a series ended, as when nobody pushes it any more.
const fresh = 120

// LastHeard is the Unix time at which the source was last told of a service: by any
// telemetry, or that it has no new requests. There is none while the source itself is
// gone.
func (s Source) LastHeard() string { return s.counters.heard() }

// Total is a function, such as rate, over a window, such as 5m, of the counters of
// requests.
func (s Source) Total(function, window string) string {
	return s.counters.total(over{function, window})
}

// Failed are those of Total that failed. Requests that never failed have no series.
func (s Source) Failed(function, window string) string {
	return s.counters.failed(over{function, window})
}

// Buckets are the rates of requests by upper bound of their duration: the label le
// is in seconds, whatever the source's unit. The gateway and SDKs have every one of
// [catalog.LatencyBounds]; of those, Istio and the usual clients of Prometheus lack
// 75ms, 750ms and 7.5s, and span_metrics all but 10ms, 50ms, 100ms, 1s and 5s, unless
// configured otherwise: percentiles are guessed between bounds, and a share of requests
// within one that is lacking is none.
func (s Source) Buckets(window string) string {
	return s.counters.buckets(over{"rate", window})
}
