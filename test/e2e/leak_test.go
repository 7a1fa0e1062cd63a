package e2e

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/readygate/readygate/internal/telemetry"
)

// leaking puts an address together behind scrub, in front of a tripwire that looks
// at every batch. No proof over configurations can see that.
const leaking = `
processors:
  transform/leak:
    log_statements:
      - set(log.attributes["note"], Concat(["jane.doe", "mail.example.com"], "@"))
  scrub/tripwire: {mode: tripwire, sample_ratio: 1}
service:
  pipelines:
    logs: {processors: [memory_limiter, scrub, transform/leak, scrub/tripwire]}
`

// The whole way of the alert: what leaks is counted, scraped, and fires under the
// generated rules. The gateway's own page has every metric of scrub that rules read, by
// the name and with the labels that they read.
func TestALeakBehindScrubAlerts(t *testing.T) {
	out := t.TempDir()
	runOK(t, program(t, "READYCTL"), "generate", "--out", out)
	g := start(t, leaking)
	page := "http://" + g.internal + "/metrics"
	prometheus := newEngine(t, generated(t, out)...)
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	prometheus.ingest(t, at, g.own())
	prometheus.evaluate(t, at)
	const alarms = `ALERTS{alertstate="firing", alertname!="Watchdog"}`
	require.Empty(t, prometheus.query(t, alarms, at))

	conn, err := grpc.NewClient(g.grpc, grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	defer conn.Close()
	ld := plog.NewLogs()
	record := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	record.Body().SetStr("order 17 confirmed to john.doe@mail.example.com")
	_, err = plogotlp.NewGRPCClient(conn).Export(t.Context(), plogotlp.NewExportRequestFromLogs(ld))
	require.NoError(t, err)

	for _, m := range []telemetry.Metric{telemetry.ScrubEgressLeaks, telemetry.ScrubFindings, telemetry.ScrubPolicyInfo, telemetry.ScrubUnscannable} {
		eventually(t, "the gateway shows "+m.Name, func() error { return carries(t, page, m) })
	}
	at = at.Add(30 * time.Second)
	prometheus.ingest(t, at, g.own())
	prometheus.evaluate(t, at)
	firing := prometheus.query(t, alarms, at)
	require.Len(t, firing, 1, "one leak, one alert")
	for label, value := range map[string]string{
		"alertname": "PIILeakDetected", telemetry.Detector: "email", telemetry.Signal: "logs", "severity": "critical",
	} {
		require.Equal(t, value, firing[0].Metric.Get(label), label)
	}
}

// carries reports whether a page has the metric, and every series of it the labels
// of the contract and no others.
func carries(t *testing.T, page string, m telemetry.Metric) error {
	found := false
	for _, s := range scrape(t, page) {
		if s.labels.Get(model.MetricNameLabel) != m.Name {
			continue
		}
		found = true
		var got []string
		s.labels.Range(func(l labels.Label) {
			if l.Name != model.MetricNameLabel {
				got = append(got, l.Name)
			}
		})
		if want := slices.Sorted(slices.Values(m.Labels)); !slices.Equal(want, got) {
			return fmt.Errorf("%s: got the labels %v, want %v", s.labels, got, want)
		}
	}
	if !found {
		return fmt.Errorf("%s has no %s", page, m.Name)
	}
	return nil
}
