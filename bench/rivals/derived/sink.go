// Package derived reads what connectors derive from the spans of HTTP servers,
// in terms that do for every one of them.
package derived

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// Sink is the end of a metrics pipeline. Until Keep it only counts flushes, so
// that it costs nothing. It is safe for concurrent use.
type Sink struct {
	Messages atomic.Int64
	Points   atomic.Int64

	keep   atomic.Bool
	mu     sync.Mutex
	totals Totals
}

var _ consumer.Metrics = (*Sink)(nil)

// Capabilities says that the sink only reads.
func (*Sink) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

// Keep makes the sink read what it is sent from now on.
func (s *Sink) Keep() { s.keep.Store(true) }

// Totals returns what it has read.
func (s *Sink) Totals() Totals {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.totals
}

// ConsumeMetrics counts, and reads if it is told to. It never fails.
func (s *Sink) ConsumeMetrics(_ context.Context, md pmetric.Metrics) error {
	s.Messages.Add(1)
	s.Points.Add(int64(md.DataPointCount()))
	if s.keep.Load() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.totals.read(md)
	}
	return nil
}

// Totals are the last values of cumulative series. Series of requests are keyed
// by their labels, by the names that the red connector gives them.
type Totals struct {
	Requests  map[string]int64
	Durations map[string]Histogram
	// Others counts the series of any other metric, by its name. All are gauges.
	Others map[string]int
}

// Histogram is a point of a histogram with explicit buckets.
type Histogram struct {
	Count   uint64
	Sum     float64
	Bounds  []float64
	Buckets []uint64
}

// Series is how many series of requests and durations there are.
func (t Totals) Series() int { return len(t.Requests) + len(t.Durations) }

func (t *Totals) read(md pmetric.Metrics) {
	if t.Requests == nil {
		*t = Totals{map[string]int64{}, map[string]Histogram{}, map[string]int{}}
	}
	for _, rm := range md.ResourceMetrics().All() {
		for _, sm := range rm.ScopeMetrics().All() {
			for _, metric := range sm.Metrics().All() {
				switch metric.Name() {
				case "http_requests_total", "traces.span.metrics.calls":
					for _, p := range metric.Sum().DataPoints().All() {
						t.Requests[labels(rm.Resource(), p.Attributes())] = p.IntValue()
					}
				case "http_request_duration_seconds", "traces.span.metrics.duration":
					for _, p := range metric.Histogram().DataPoints().All() {
						t.Durations[labels(rm.Resource(), p.Attributes())] = Histogram{
							p.Count(), p.Sum(), p.ExplicitBounds().AsRaw(), p.BucketCounts().AsRaw(),
						}
					}
				default:
					t.Others[metric.Name()] += metric.Gauge().DataPoints().Len()
				}
			}
		}
	}
}

// names are what red calls the labels of span_metrics. Both have one for the
// gateway.
var names = map[string]string{
	"service.name":                "service",
	"service.namespace":           "service_namespace",
	"deployment.environment.name": "environment",
	"service.version":             "version",
	"http.request.method":         "method",
	"http.route":                  "endpoint",
	"http.response.status_code":   "status",
	"collector.instance.id":       "gateway_instance",
}

// labels lists the labels of a point in order, those of its service from the
// resource where the point has none. The gateway's own name is left out, and a
// status is told by its class: the workload has one of each.
func labels(resource pcommon.Resource, attributes pcommon.Map) string {
	all := map[string]string{}
	for name, value := range resource.Attributes().All() {
		if to, ok := names[name]; ok {
			all[to] = value.AsString()
		}
	}
	for name, value := range attributes.All() {
		if to, ok := names[name]; ok {
			name = to
		}
		text := value.AsString()
		if name == "status" || name == "status_class" {
			name, text = "status", text[:1]+"xx"
		}
		all[name] = text
	}
	delete(all, "gateway_instance")
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(&b, "%s=%q ", name, all[name])
	}
	return b.String()
}
