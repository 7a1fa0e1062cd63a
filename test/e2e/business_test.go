package e2e

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// The example counts a day of business to the cent, and goes on after a restart.
func TestTheBusinessExampleCounts(t *testing.T) {
	example, err := os.ReadFile("../../examples/business/gateway.yaml")
	require.NoError(t, err)
	t.Setenv("READYGATE_DISTINCT_KEY", "a key for tests, of more than 16 bytes")
	g := start(t, string(example))
	sendBusiness(t, g, 0, 100)
	want := func(times float64) map[string]float64 {
		return map[string]float64{
			`order_completions_total{plan="free"}`: 50 * times,
			`order_completions_total{plan="pro"}`:  50 * times,
			`revenue_total{currency="USD"}`:        1999 * times,
			`revenue_total{currency="EUR"}`:        0, // shown before the first order in euros
			`user_signups_total{}`:                 100 * times,
			`active_users{window="24h"}`:           100 * times,
			`queue_depth{queue="mail"}`:            99,
			`checkout_value_count{}`:               100 * times,
		}
	}
	eventually(t, "the first hundred are counted", func() error { return g.businessIs(t, want(1)) })
	g.stop(t)
	g = startIn(t, g.folder(), string(example))
	sendBusiness(t, g, 100, 100)
	eventually(t, "all are counted", func() error { return g.businessIs(t, want(2)) })

	for _, s := range scrape(t, "http://"+g.internal+"/metrics") {
		if s.labels.Get("__name__") == "otelcol_connector_business_refused" {
			require.Zero(t, s.value, s.labels.String())
		}
	}
}

// businessIs compares series of the shop on the page by their first label.
func (g *gateway) businessIs(t *testing.T, want map[string]float64) error {
	found := map[string]float64{}
	for _, s := range scrape(t, "http://"+g.prometheus+"/metrics") {
		if s.labels.Get("service") != "shop" {
			continue
		}
		label := ""
		for _, name := range []string{"plan", "currency", "window", "queue"} {
			if value := s.labels.Get(name); value != "" {
				label = fmt.Sprintf("%s=%q", name, value)
			}
		}
		found[s.labels.Get("__name__")+"{"+label+"}"] = s.value
	}
	for name, value := range want {
		if got, shown := found[name]; !shown || got != value {
			return fmt.Errorf("%s is %v, not %v", name, got, value)
		}
	}
	return nil
}

// sendBusiness sends n orders, n sign-ups of n users, and n depths of
// a queue, of which the last is n-1.
func sendBusiness(t *testing.T, g *gateway, first, n int) {
	t.Helper()
	conn, err := grpc.NewClient(g.grpc, grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	defer conn.Close()

	td, ld := ptrace.NewTraces(), plog.NewLogs()
	rs, rl := td.ResourceSpans().AppendEmpty(), ld.ResourceLogs().AppendEmpty()
	rs.Resource().Attributes().PutStr("service.name", "shop")
	rl.Resource().Attributes().PutStr("service.name", "shop")
	spans, records := rs.ScopeSpans().AppendEmpty().Spans(), rl.ScopeLogs().AppendEmpty().LogRecords()
	order := func(total float64, plan string) {
		s := spans.AppendEmpty()
		s.SetName("checkout.complete")
		s.Status().SetCode(ptrace.StatusCodeOk)
		s.Attributes().PutStr("order.currency", "USD")
		s.Attributes().PutDouble("order.total", total)
		s.Attributes().PutStr("plan", plan)
	}
	for i := range n {
		order(19.99, []string{"free", "pro"}[i%2])
		signup := records.AppendEmpty()
		signup.SetEventName("user_signup")
		signup.Attributes().PutStr("user.id", fmt.Sprint("u-", first+i))
		depth := records.AppendEmpty()
		depth.SetTimestamp(1)
		depth.Attributes().PutStr("queue.name", "mail")
		depth.Attributes().PutInt("queue.depth", int64(i))
	}
	_, err = ptraceotlp.NewGRPCClient(conn).Export(t.Context(), ptraceotlp.NewExportRequestFromTraces(td))
	require.NoError(t, err)
	_, err = plogotlp.NewGRPCClient(conn).Export(t.Context(), plogotlp.NewExportRequestFromLogs(ld))
	require.NoError(t, err)
}
