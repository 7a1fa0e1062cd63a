package source

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

func services() catalog.Catalog {
	return catalog.Catalog{Services: []catalog.Service{
		{Name: "ours", Metrics: catalog.Source{Profile: catalog.ProfileReadygate}},
		{Name: "otel", Metrics: catalog.Source{Profile: catalog.ProfileOTelHTTP}},
		{Name: "o.tel", Namespace: "shop", Environments: []string{"production"}, Metrics: catalog.Source{Profile: catalog.ProfileOTelHTTP}},
		{Name: `sp"ans`, Metrics: catalog.Source{Profile: catalog.ProfileSpanMetrics}},
		{Name: "spans", Namespace: "shop", Environments: []string{"a|b", "c"}, Metrics: catalog.Source{Profile: catalog.ProfileSpanMetrics}},
		{Name: "legacy", Environments: []string{"production"}, Metrics: catalog.Source{Profile: catalog.ProfilePrometheus}},
		{Name: "matched", Metrics: catalog.Source{Profile: catalog.ProfilePrometheus, Match: map[string]string{"namespace": "shop", "app": `"}) or vector(1) #`}}},
		{Name: "mesh", Namespace: "shop", Metrics: catalog.Source{Profile: catalog.ProfileIstio}},
		{Name: "cart", Namespace: "shop", Workload: &catalog.Workload{Namespace: "prod"}, Metrics: catalog.Source{Profile: catalog.ProfileIstio}},
	}}
}

func TestEverySourceIsWrittenAsItsProfileHasIt(t *testing.T) {
	known := query.Contract()
	for _, m := range Reads() {
		for _, name := range m.Series() {
			known[name] = nil
		}
	}
	var text strings.Builder
	for _, s := range All(services()) {
		fmt.Fprintf(&text, "-- %v --\n", s.Labels)
		for _, expr := range []string{
			s.Sum(s.Total("rate", "5m")), s.Sum(s.Failed("increase", "1h")), s.Sum(s.Buckets("5m"), telemetry.Bucket),
			s.Max(s.LastHeard()),
		} {
			parsed, err := query.Parser.ParseExpr(expr)
			require.NoError(t, err)
			require.NoError(t, known.Check(parsed))
			fmt.Fprintf(&text, "%s\n\n", parsed.Pretty(0))
		}
	}
	golden.File(t, "testdata/sources.txt", []byte(text.String()))
}

func TestThereIsOneSourceForEachEnvironmentOfAServiceThatIsCountedElsewhere(t *testing.T) {
	var all []map[string]string
	for _, s := range All(services()) {
		all = append(all, s.Labels)
		require.Equal(t, s.Service == nil, s.Labels == nil)
	}
	require.Equal(t, []map[string]string{
		nil,
		{"service": "otel"},
		{"service": "o.tel", "service_namespace": "shop", "environment": "production"},
		{"service": `sp"ans`},
		{"service": "spans", "service_namespace": "shop", "environment": "a|b"},
		{"service": "spans", "service_namespace": "shop", "environment": "c"},
		{"service": "legacy", "environment": "production"},
		{"service": "matched"},
		{"service": "mesh", "service_namespace": "shop"},
		{"service": "cart", "service_namespace": "shop"},
	}, all)
}

func TestBoundsInMillisecondsBecomeSeconds(t *testing.T) {
	for from, to := range map[string]string{
		"0.5": "0.0005", "0.25": "0.00025", "1": "0.001", "2.5": "0.0025", "2": "0.002", "25": "0.025", "75.0": "0.075",
		"100": "0.1", "750": "0.75", "1000": "1.0", "1000.0": "1.0", "1400": "1.4", "10000": "10.0", "600000.0": "600.0",
		"+Inf": "+Inf", "1.8e+06": "1.8e+06",
	} {
		le := from
		for _, step := range seconds() {
			// As label_replace does it.
			pattern := regexp.MustCompile("^(?s:" + step.pattern + ")$")
			if found := pattern.FindStringSubmatchIndex(le); found != nil {
				le = string(pattern.ExpandString(nil, step.replacement, le, found))
			}
		}
		require.Equal(t, to, le, from)
	}
}
