package reading

import (
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/severity"
)

// Record reads a log record by its severity. Its exception, if it has one, is read
// by [Reader.Exception].
func (r *Reader) Record(owner *series.Owner, record plog.LogRecord, key *series.Key, o *series.Observation) {
	level := severity.Of(record)
	key.Start(owner, &r.groups.log)
	key.AddKnown(level.String())
	*o = series.Observation{
		Events: series.One, Weight: series.One, Value: 1, Failed: level == severity.Error || level == severity.Fatal,
		TraceID: record.TraceID(), SpanID: record.SpanID(),
	}
}
