package scrubprocessor

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/leaf/leaftest"
	"github.com/readygate/readygate/processor/scrubprocessor/internal/metadatatest"
)

// sensitive returns logs with two records: one with an address in a resource
// attribute and in its body, one that is clean.
func sensitive() plog.Logs {
	address := "jane.doe" + "@" + "example.com"
	ld, record := oneRecord()
	ld.ResourceLogs().At(0).Resource().Attributes().PutStr("owner", address)
	record.Body().SetStr("mail from " + address + " to " + address)
	ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().AppendEmpty().Body().SetStr("clean")
	return ld
}

func findings(place, action string, n int64) metricdata.DataPoint[int64] {
	return metricdata.DataPoint[int64]{Value: n, Attributes: attribute.NewSet(
		attribute.String("detector", "email"),
		attribute.String("signal", "logs"),
		attribute.String("place", place),
		attribute.String("action", action),
		attribute.String("confidence", "certain"),
	)}
}

func unscannable(reason detect.Reason, n int64) metricdata.DataPoint[int64] {
	return metricdata.DataPoint[int64]{Value: n, Attributes: attribute.NewSet(
		attribute.String("reason", string(reason)), attribute.String("signal", "logs"))}
}

func TestWhatIsDoneIsCounted(t *testing.T) {
	s, telemetry := logScrubber(t, defaults(), panicking)
	logs := attribute.NewSet(attribute.String("signal", "logs"))
	ignoreTime := metricdatatest.IgnoreTimestamp()

	for range 2 { // the tally of a batch does not leak into the next one
		ld := sensitive()
		records := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords()
		records.AppendEmpty().Body().SetStr("poison")
		records.AppendEmpty().Body().SetStr(strings.Repeat("a", 1<<20+1))
		scrubLogs(t, s, ld)
	}

	metadatatest.AssertEqualProcessorScrubFindings(t, telemetry, []metricdata.DataPoint[int64]{
		findings("resource_attribute", "mask", 2), findings("log_body", "mask", 4),
	}, ignoreTime)
	metadatatest.AssertEqualProcessorScrubRecordsModified(t, telemetry, []metricdata.DataPoint[int64]{
		{Value: 2 * 3, Attributes: logs},
	}, ignoreTime)
	metadatatest.AssertEqualProcessorScrubUnscannable(t, telemetry, []metricdata.DataPoint[int64]{
		unscannable(detect.TooLarge, 2), unscannable(detect.TooDeep, 0), unscannable(detect.Panicked, 2), unscannable(detect.TooLong, 0), unscannable(detect.Unstable, 0),
	}, ignoreTime)
	scanned := len("owner") + len("jane.doe@example.com") + len("mail from jane.doe@example.com to jane.doe@example.com") + len("clean") + len("poison")
	metadatatest.AssertEqualProcessorScrubScannedBytes(t, telemetry, []metricdata.DataPoint[int64]{
		{Value: int64(2 * scanned), Attributes: logs},
	}, ignoreTime)
	metadatatest.AssertEqualProcessorScrubDuration(t, telemetry, []metricdata.HistogramDataPoint[float64]{
		{Attributes: logs, Count: 2},
	}, ignoreTime, metricdatatest.IgnoreValue())
}

func TestModeDetectCountsAndChangesNothing(t *testing.T) {
	cfg := defaults()
	cfg.Mode = Detect
	s, telemetry := logScrubber(t, cfg, working)
	ld := sensitive()
	signal := leaftest.Signals()[1]
	before := encode(t, signal, ld)

	scrubLogs(t, s, ld)

	require.Equal(t, before, encode(t, signal, ld))
	metadatatest.AssertEqualProcessorScrubFindings(t, telemetry, []metricdata.DataPoint[int64]{
		findings("resource_attribute", "count", 1), findings("log_body", "count", 2),
	}, metricdatatest.IgnoreTimestamp())
}

func TestNoLabelHoldsAValueOrAKey(t *testing.T) {
	s, telemetry := logScrubber(t, defaults(), working)
	ld, record := oneRecord()
	for _, c := range canaries() {
		record.Attributes().PutStr(c.text, c.text)
		record.Attributes().PutStr("key.of."+c.name, c.text)
	}

	scrubLogs(t, s, ld)

	var all metricdata.ResourceMetrics
	require.NoError(t, telemetry.Reader.Collect(context.Background(), &all))
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			var points []metricdata.DataPoint[int64]
			switch data := m.Data.(type) {
			case metricdata.Sum[int64]:
				points = data.DataPoints
			case metricdata.Gauge[int64]:
				points = data.DataPoints
			default:
				require.Equal(t, "otelcol_processor_scrub_duration", m.Name)
			}
			for _, point := range points {
				labels := point.Attributes.Encoded(attribute.DefaultEncoder())
				for _, c := range canaries() {
					require.NotContains(t, labels, c.hidden)
					require.NotContains(t, labels, "key.of.")
				}
			}
		}
	}
}
