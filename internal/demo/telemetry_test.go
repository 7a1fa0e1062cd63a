package demo

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/demo/delivery"
	"github.com/readygate/readygate/internal/demo/otlptest"
)

func TestAllThatIsAcknowledgedWasReceived(t *testing.T) {
	for _, protocol := range []Protocol{GRPC, HTTP, Both} {
		t.Run(string(protocol), func(t *testing.T) {
			report, g := run(t, Options{Protocol: protocol, Visits: visits})
			received := map[string]delivery.Counts{}
			for _, td := range g.Traces() {
				for _, rs := range td.ResourceSpans().All() {
					add(received, rs.Resource().Attributes().AsRaw(), delivery.Counts{Spans: spanCount(rs)})
				}
			}
			for _, ld := range g.Logs() {
				for _, rl := range ld.ResourceLogs().All() {
					n := 0
					for _, sl := range rl.ScopeLogs().All() {
						n += sl.LogRecords().Len()
					}
					add(received, rl.Resource().Attributes().AsRaw(), delivery.Counts{LogRecords: n})
				}
			}
			for _, md := range g.Metrics() {
				for _, rm := range md.ResourceMetrics().All() {
					add(received, rm.Resource().Attributes().AsRaw(), delivery.Counts{MetricPoints: md.DataPointCount()})
				}
			}
			require.Equal(t, visits, report.Visits)
			require.Len(t, report.Services, 3)
			for _, s := range report.Services {
				require.Equal(t, received[s.Name], s.Acknowledged, s.Name)
				require.Zero(t, s.Refused)
				require.NotZero(t, s.Acknowledged.Spans)
				require.NotZero(t, s.Acknowledged.LogRecords)
				require.NotZero(t, s.Acknowledged.MetricPoints)
			}
		})
	}
}

func add(to map[string]delivery.Counts, resource map[string]any, n delivery.Counts) {
	name, _ := resource["service.name"].(string)
	sum := to[name]
	sum.Spans += n.Spans
	sum.LogRecords += n.LogRecords
	sum.MetricPoints += n.MetricPoints
	to[name] = sum
}

func spanCount(rs ptrace.ResourceSpans) (n int) {
	for _, ss := range rs.ScopeSpans().All() {
		n += ss.Spans().Len()
	}
	return n
}

func TestServerSpansAreTheRequestsOfTheReport(t *testing.T) {
	report, g := run(t, Options{Protocol: Both, Visits: visits})
	received := map[Request]RequestCount{}
	for name, span := range spans(g) {
		if span.Kind() != ptrace.SpanKindServer {
			continue
		}
		attrs := span.Attributes().AsRaw()
		r := Request{Service: name, Method: text(attrs, "http.request.method", "http.method"), Endpoint: text(attrs, "http.route")}
		for _, key := range []string{"http.response.status_code", "http.status_code"} {
			if code, ok := attrs[key].(int64); ok {
				r.Status = int(code)
			}
		}
		if r.Endpoint == "" {
			r.Endpoint = template(text(attrs, "url.path", "http.target"))
		}
		tally(received).add(r, span.EndTimestamp().AsTime().Sub(span.StartTimestamp().AsTime()))
	}
	require.Empty(t, cmp.Diff(report.Requests, slices.Collect(maps.Values(received)),
		cmpopts.SortSlices(func(a, b RequestCount) bool { return compare(a.Request, b.Request) < 0 })))
}

// spans yields all spans with the names of their services.
func spans(g *otlptest.Gateway) func(yield func(string, ptrace.Span) bool) {
	return func(yield func(string, ptrace.Span) bool) {
		for _, td := range g.Traces() {
			for _, rs := range td.ResourceSpans().All() {
				name, _ := rs.Resource().Attributes().Get("service.name")
				for _, ss := range rs.ScopeSpans().All() {
					for _, span := range ss.Spans().All() {
						if !yield(name.Str(), span) {
							return
						}
					}
				}
			}
		}
	}
}

// text returns the first of the attributes that is there.
func text(attrs map[string]any, keys ...string) string {
	for _, key := range keys {
		if v, ok := attrs[key].(string); ok {
			return v
		}
	}
	return ""
}

// template replaces the segments that hold a digit, and cuts the query off. The
// shop has no others that are data.
func template(path string) string {
	path, _, _ = strings.Cut(path, "?")
	segments := strings.Split(path, "/")
	for i, s := range segments {
		switch {
		case len(s) == len("123e4567-e89b-12d3-a456-426614174000"):
			segments[i] = "{uuid}"
		case strings.ContainsAny(s, "0123456789"):
			segments[i] = "{id}"
		}
	}
	return strings.Join(segments, "/")
}

func TestEveryPlantedValueWasSent(t *testing.T) {
	report, g := run(t, Options{Protocol: Both, Visits: visits})
	sent := wire(t, g)
	planned := 0
	for _, r := range plan(rand.New(rand.NewPCG(0, secretStream)), Storefront, Checkout, Payments) {
		planned += len(r.atStart) + len(r.inTurn)
	}
	require.Len(t, report.Planted, planned, "all that was planned was planted")
	seen := map[string]bool{}
	for _, p := range report.Planted {
		for _, part := range p.Parts {
			require.False(t, seen[part], "%s planted twice", part)
			seen[part] = true
			require.Contains(t, sent, part, "%s in a %s of %s", p.Kind, p.Place, p.Service)
		}
	}
	for _, at := range places {
		require.True(t, slices.ContainsFunc(report.Planted, func(p Planted) bool { return p.Place == at.name }), at.name)
	}
}

// wire is all that the gateway received, as JSON.
func wire(t *testing.T, g *otlptest.Gateway) string {
	var all strings.Builder
	write := func(b []byte, err error) {
		require.NoError(t, err)
		all.Write(b)
	}
	for _, td := range g.Traces() {
		write((&ptrace.JSONMarshaler{}).MarshalTraces(td))
	}
	for _, ld := range g.Logs() {
		write((&plog.JSONMarshaler{}).MarshalLogs(ld))
	}
	for _, md := range g.Metrics() {
		write((&pmetric.JSONMarshaler{}).MarshalMetrics(md))
	}
	return all.String()
}

func TestEqualSeedsGiveEqualTelemetry(t *testing.T) {
	noon := func() time.Time { return time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC) }
	shot := func(seed uint64) (Report, []string) {
		report, g := run(t, Options{Protocol: Both, Visits: 120, Seed: seed, Now: noon})
		var all []string
		for name, span := range spans(g) {
			all = append(all, strings.Join([]string{
				name, span.Name(), span.TraceID().String(), span.SpanID().String(), span.ParentSpanID().String(),
				span.TraceState().AsRaw(), span.StartTimestamp().String(), span.EndTimestamp().String(),
			}, " "))
		}
		slices.Sort(all)
		return report, all
	}
	wantReport, want := shot(7)
	gotReport, got := shot(7)
	require.Equal(t, want, got)
	require.Empty(t, cmp.Diff(wantReport, gotReport, cmpopts.IgnoreFields(ServiceReport{}, "Target")))
	_, other := shot(8)
	require.NotEqual(t, want, other)
}

func TestAnOrderIsOneTraceAcrossThreeServices(t *testing.T) {
	_, g := run(t, Options{Protocol: Both, Visits: 40})
	services, ended := map[string]map[string]bool{}, time.Now()
	for name, span := range spans(g) {
		id := span.TraceID().String()
		if services[id] == nil {
			services[id] = map[string]bool{}
		}
		services[id][name] = true
		require.False(t, span.EndTimestamp().AsTime().After(ended), "no span ends in the future")
		require.True(t, span.EndTimestamp() >= span.StartTimestamp())
	}
	require.Len(t, services, 40, "one trace for each visit")
	across := 0
	for _, names := range services {
		if len(names) == 3 {
			across++
		}
	}
	require.Equal(t, 12, across, "ten orders, and two visitors who track one")
}
