package leaf

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// Logs visits every slot of ld, which must be mutable. It counts log records.
func (w *Walker) Logs(ld plog.Logs) Counts {
	ld.ResourceLogs().RemoveIf(w.resourceLogs)
	return w.finish()
}

// resourceLogs visits the records of a resource and reports whether none is left.
func (w *Walker) resourceLogs(rl plog.ResourceLogs) (gone bool) {
	w.hidden.dropLogs(rl)
	w.resource(rl.Resource())
	if s, changed := w.field(SchemaURL, rl.SchemaUrl()); changed {
		rl.SetSchemaUrl(s)
	}
	sent := rl.ScopeLogs().Len()
	rl.ScopeLogs().RemoveIf(w.scopeLogs)
	return sent > 0 && rl.ScopeLogs().Len() == 0
}

// scopeLogs visits the records of a scope and reports whether none is left.
func (w *Walker) scopeLogs(sl plog.ScopeLogs) (gone bool) {
	w.scope(sl.Scope())
	if s, changed := w.field(SchemaURL, sl.SchemaUrl()); changed {
		sl.SetSchemaUrl(s)
	}
	sent := sl.LogRecords().Len()
	sl.LogRecords().RemoveIf(w.logRecord)
	return sent > 0 && sl.LogRecords().Len() == 0
}

// logRecord visits a log record and reports whether it goes.
func (w *Walker) logRecord(record plog.LogRecord) (gone bool) {
	w.begin()
	if s, changed := w.field(SeverityText, record.SeverityText()); changed {
		record.SetSeverityText(s)
	}
	if s, changed := w.field(LogEventName, record.EventName()); changed {
		record.SetEventName(s)
	}
	if !w.gone && w.value(LogBody, record.Body(), 1) {
		pcommon.NewValueEmpty().MoveTo(record.Body())
	}
	w.attributes(LogAttribute, record.Attributes())
	return w.end()
}
