package leaf

import "go.opentelemetry.io/collector/pdata/plog"

// Logs visits every slot of ld and returns the number of log records that were
// changed. Changes of resources and scopes are not in the count. ld must be
// mutable.
func (w *Walker) Logs(ld plog.Logs) (changed int) {
	defer w.forget()
	for _, rl := range ld.ResourceLogs().All() {
		w.hidden.dropLogs(rl)
		w.resource(rl.Resource())
		if s, changed := w.text(SchemaURL, rl.SchemaUrl()); changed {
			rl.SetSchemaUrl(s)
		}
		for _, sl := range rl.ScopeLogs().All() {
			w.scope(sl.Scope())
			if s, changed := w.text(SchemaURL, sl.SchemaUrl()); changed {
				sl.SetSchemaUrl(s)
			}
			for _, record := range sl.LogRecords().All() {
				w.begin()
				w.logRecord(record)
				changed += w.end()
			}
		}
	}
	return changed
}

func (w *Walker) logRecord(record plog.LogRecord) {
	if s, changed := w.text(SeverityText, record.SeverityText()); changed {
		record.SetSeverityText(s)
	}
	if s, changed := w.text(LogEventName, record.EventName()); changed {
		record.SetEventName(s)
	}
	w.value(LogBody, record.Body(), 1)
	w.attributes(LogAttribute, record.Attributes())
}
