package workload

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// spansOf returns the one service of a batch, and its spans.
func spansOf(td ptrace.Traces) (service string, spans ptrace.SpanSlice) {
	rs := td.ResourceSpans().At(0)
	name, _ := rs.Resource().Attributes().Get("service.name")
	return name.Str(), rs.ScopeSpans().At(0).Spans()
}

func TestABatchOfAFleetHasAllSeriesOfItsService(t *testing.T) {
	fleet := Fleet{Services: 3, Routes: 40}
	feed := fleet.Feed(512, 7)
	services := map[string]int{}
	for range feed.All() {
		service, spans := spansOf(feed.Next())
		services[service]++
		require.Equal(t, 512, spans.Len())
		series := map[string]bool{}
		for _, span := range spans.All() {
			require.Equal(t, 13, span.Attributes().Len())
			route, _ := span.Attributes().Get("http.route")
			status, _ := span.Attributes().Get("http.response.status_code")
			series[route.Str()+" "+status.AsString()] = true
		}
		require.Len(t, series, fleet.Series()/fleet.Services/2)
	}
	require.Equal(t, map[string]int{"service-0": pods, "service-1": pods, "service-2": pods}, services)
}

func TestNoTwoUnseenRoutesAreTheSame(t *testing.T) {
	feed := Fleet{Services: 2, Routes: 2}.Feed(50, 7)
	routes, seen := map[string]bool{}, 0
	for range 20 {
		td := feed.Next()
		Unseen(td, &seen)
		_, spans := spansOf(td)
		for _, span := range spans.All() {
			route, _ := span.Attributes().Get("http.route")
			routes[route.Str()] = true
		}
	}
	require.Equal(t, 1000, seen)
	require.Len(t, routes, seen)
}

func TestARequestOfAFleetIsOneOfEachInstance(t *testing.T) {
	requests := Fleet{Services: 4, Routes: 5}.Requests(100, 7)

	require.Len(t, requests, 4*pods)
	for _, r := range requests {
		require.Equal(t, 100, r.Traces().SpanCount())
	}
}
