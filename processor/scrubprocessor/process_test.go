package scrubprocessor

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pipeline"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/leaf/leaftest"
	"github.com/readygate/readygate/internal/scrub"
	"github.com/readygate/readygate/processor/scrubprocessor/internal/metadatatest"
)

// sharedFactory saves the tests from building a scanner each.
var sharedFactory = NewFactory()

// process takes data, of any signal, through a processor made by the factory,
// and returns what arrives behind it.
func process(t testing.TB, cfg *Config, data any) any {
	t.Helper()
	ctx, f, set := context.Background(), sharedFactory, metadatatest.NewSettings(componenttest.NewTelemetry())
	switch data := data.(type) {
	case ptrace.Traces:
		sink := new(consumertest.TracesSink)
		p, err := f.CreateTraces(ctx, set, cfg, sink)
		require.NoError(t, err)
		require.NoError(t, p.ConsumeTraces(ctx, data))
		return sink.AllTraces()[0]
	case plog.Logs:
		sink := new(consumertest.LogsSink)
		p, err := f.CreateLogs(ctx, set, cfg, sink)
		require.NoError(t, err)
		require.NoError(t, p.ConsumeLogs(ctx, data))
		return sink.AllLogs()[0]
	default:
		sink := new(consumertest.MetricsSink)
		p, err := f.CreateMetrics(ctx, set, cfg, sink)
		require.NoError(t, err)
		require.NoError(t, p.ConsumeMetrics(ctx, data.(pmetric.Metrics)))
		return sink.AllMetrics()[0]
	}
}

func defaults() *Config { return createDefaultConfig().(*Config) }

// logScrubber returns a scrubber of logs with the given scanner, and where its
// metrics arrive.
func logScrubber(t testing.TB, cfg *Config, scan scrub.Scan) (*scrubber, *componenttest.Telemetry) {
	t.Helper()
	telemetry := componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, telemetry.Shutdown(context.Background())) })
	policies, err := (&factory{compiled: map[*Config]*compiled{}}).policies(cfg)
	require.NoError(t, err)
	s, err := newScrubber(metadatatest.NewSettings(telemetry), cfg, pipeline.SignalLogs, policies)
	require.NoError(t, err)
	s.passes.New = func() any { return newPass(cfg, policies.Set, scan) }
	return s, telemetry
}

// oneRecord returns logs with one record, and that record.
func oneRecord() (plog.Logs, plog.LogRecord) {
	ld := plog.NewLogs()
	return ld, ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
}

// scrubLogs takes ld through s.
func scrubLogs(t testing.TB, s *scrubber, ld plog.Logs) {
	t.Helper()
	_, err := s.logs(context.Background(), ld)
	require.NoError(t, err)
}

func encode(t testing.TB, s leaftest.Signal, data any) []byte {
	t.Helper()
	b, err := s.Encode(data)
	require.NoError(t, err)
	return b
}

func decode(t testing.TB, s leaftest.Signal, b []byte) any {
	t.Helper()
	data, err := s.Decode(b)
	require.NoError(t, err)
	return data
}

// received returns data with something in every slot, as a receiver hands it on.
func received(t testing.TB, s leaftest.Signal) any {
	t.Helper()
	return decode(t, s, encode(t, s, s.Fill()))
}

// working is the scan of the product.
var working scrub.Scan = (*detect.Scanner).Scrub

// panicking is a scan with a defect.
func panicking(s *detect.Scanner, dst []detect.Finding, v detect.Value, rules *detect.Rules) (string, []detect.Finding, detect.Reason) {
	if v.Text == "poison" || strings.HasPrefix(v.Text, "poison@") {
		panic("a detector read behind the end of " + v.Text)
	}
	return s.Scrub(dst, v, rules)
}
