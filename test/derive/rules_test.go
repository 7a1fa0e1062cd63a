package derive

import (
	"math/rand/v2"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// TestTheRecordedErrorsOfAnHourAreThoseThatCameIn evaluates the rule that alerts and
// dashboards read, as it is shipped, over less than an hour of scrapes.
func TestTheRecordedErrorsOfAnHourAreThoseThatCameIn(t *testing.T) {
	expr := recorded(t, telemetry.RecordedErrorsHourly)
	random := rand.New(rand.NewPCG(0, 6))
	world := world{services: 3, versions: 2, names: 5, sampled: true}
	server := newPrometheus(t)
	g := startGateway(t, redSettings("gw-0"), "", newReader(t))
	show := func() {
		require.NoError(t, g.flush())
		server.ingest("gw-0", g.page())
	}
	truth := tally{}
	for range 50 {
		traffic := world.traffic(random)
		g.send(traffic)
		truth.add(traffic.truth)
		show()
	}
	show()
	g.stop()

	ofRPC := regexp.MustCompile("^(?:" + telemetry.RPCServerErrors + ")$")
	failed := map[string]float64{}
	for k, n := range truth {
		if k.metric == "http_requests_total" && k.class == "5xx" || k.metric == "rpc_requests_total" && ofRPC.MatchString(k.class) {
			failed[k.service] += n
		}
	}
	require.Len(t, failed, world.services)
	got := map[string]float64{}
	for _, s := range server.query(expr, server.now) {
		got[s.Metric.Get("service")] = s.F
	}
	require.Equal(t, failed, got)
}

// recorded is the expression of a recording rule.
func recorded(t *testing.T, name string) string {
	t.Helper()
	rules, err := alerts.Generate(catalog.Default(), alerts.Options{})
	require.NoError(t, err)
	for _, group := range rules.Groups() {
		for _, rule := range group.Rules {
			if rule.Record == name {
				return rule.Expr
			}
		}
	}
	require.Fail(t, "no such rule", name)
	return ""
}
