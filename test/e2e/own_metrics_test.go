package e2e

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/readygate/readygate/internal/telemetry"
)

// unreachable exports every signal to a place where nobody listens, twice: one
// exporter gives up at once, the queue of the other is soon full.
const unreachable = `
exporters:
  otlp_http/gives_up:
    endpoint: http://127.0.0.1:1
    retry_on_failure: {enabled: false}
    sending_queue: {enabled: true, queue_size: 1000, sizer: requests}
  otlp_http/full:
    endpoint: http://127.0.0.1:1
    retry_on_failure: {enabled: true, max_elapsed_time: 0s}
    sending_queue: {enabled: true, num_consumers: 1, queue_size: 1, sizer: requests}
service:
  pipelines:
    traces: {exporters: [file/traces, red, business, otlp_http/gives_up, otlp_http/full]}
    logs: {exporters: [file/logs, red, business, otlp_http/gives_up, otlp_http/full]}
    metrics: {exporters: [prometheus, otlp_http/gives_up, otlp_http/full]}
`

// Rules read the Collector's metrics by names that are not ours to choose, and the
// labels of some are nowhere documented: the built gateway has them all.
func TestTheGatewayHasTheMetricsThatRulesRead(t *testing.T) {
	example, err := os.ReadFile("../../examples/business/gateway.yaml")
	require.NoError(t, err)
	t.Setenv("READYGATE_DISTINCT_KEY", "a key for tests, of more than 16 bytes")
	g := start(t, string(example), unreachable)
	conn, err := grpc.NewClient(g.grpc, grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	defer conn.Close()

	// Seen elsewhere: a leak, and what only a hit limit has.
	apart := []telemetry.Metric{telemetry.ScrubEgressLeaks, telemetry.ScrubFindings, telemetry.RedDemand, telemetry.BusinessDemand}
	target := telemetry.GatewayTarget
	eventually(t, "every metric is on the gateway's page", func() error {
		sendEverySignal(t, conn)
		page := scrape(t, "http://"+g.internal+"/metrics")
		for _, m := range telemetry.OwnMetrics() {
			if slices.ContainsFunc(apart, func(a telemetry.Metric) bool { return a.Name == m.Name }) {
				continue
			}
			for _, series := range m.Series() {
				if err := shown(page, series, m.Labels); err != nil {
					return err
				}
			}
		}
		return shown(page, target.Name, []string{"service_name"})
	})
	require.True(t, slices.ContainsFunc(scrape(t, "http://"+g.internal+"/metrics"), func(s sample) bool {
		return s.labels.Get(model.MetricNameLabel) == target.Name && s.labels.Get("service_name") == telemetry.GatewayName
	}), "the gateway's name")
}

// shown returns an error unless the page has the series, all of them with the labels.
// Exporters add labels of their own, such as the address of a server.
func shown(page []sample, series string, labels []string) error {
	found := false
	for _, s := range page {
		if s.labels.Get(model.MetricNameLabel) != series {
			continue
		}
		found = true
		for _, label := range labels {
			if s.labels.Get(label) == "" {
				return fmt.Errorf("%s has no label %s", s.labels, label)
			}
		}
	}
	if !found {
		return fmt.Errorf("there is no %s", series)
	}
	return nil
}

// sendEverySignal sends a batch of each signal, which the gateway may refuse.
func sendEverySignal(t *testing.T, conn *grpc.ClientConn) {
	t.Helper()
	td, ld, _ := batch(1, 1, 3)
	md := pmetric.NewMetrics()
	m := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics().AppendEmpty()
	m.SetName("load_level")
	m.SetEmptyGauge().DataPoints().AppendEmpty().SetIntValue(1)
	_, _ = ptraceotlp.NewGRPCClient(conn).Export(t.Context(), ptraceotlp.NewExportRequestFromTraces(td))
	_, _ = plogotlp.NewGRPCClient(conn).Export(t.Context(), plogotlp.NewExportRequestFromLogs(ld))
	_, _ = pmetricotlp.NewGRPCClient(conn).Export(t.Context(), pmetricotlp.NewExportRequestFromMetrics(md))
}
