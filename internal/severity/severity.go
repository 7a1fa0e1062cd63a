// Package severity tells how severe a log record is: one mapping for all that counts
// or selects by it.
package severity

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/plog"
)

// Level is a range of severity numbers of the log data model.
type Level uint8

// The levels, from the least severe. Unspecified is for records that tell none.
const (
	Trace Level = iota
	Debug
	Info
	Warn
	Error
	Fatal
	Unspecified
	Levels // the number of levels
)

// String is the level as labels and conditions have it.
func (l Level) String() string { return names[l] }

// names are telemetry.Severities; a test compares them.
var names = [Levels]string{"trace", "debug", "info", "warn", "error", "fatal", "unspecified"}

// Of is the level of the record's severity number, which comes in ranges of 4;
// without a number that of its text, as appendix B of the log data model and the usual
// loggers name them. It allocates nothing.
func Of(record plog.LogRecord) Level {
	if n := record.SeverityNumber(); n >= plog.SeverityNumberTrace && n <= plog.SeverityNumberFatal4 {
		return Level((n - plog.SeverityNumberTrace) / 4)
	}
	return ofText(record.SeverityText())
}

func ofText(text string) Level {
	text = strings.TrimSpace(text)
	// TRACE2 to FATAL4 are the short names of the numbers.
	if n := len(text); n > 4 && text[n-1] >= '2' && text[n-1] <= '4' {
		text = text[:n-1]
	}
	var b [16]byte
	if len(text) > len(b) {
		return Unspecified
	}
	for i := range len(text) {
		b[i] = text[i]
		if 'A' <= b[i] && b[i] <= 'Z' {
			b[i] += 'a' - 'A'
		}
	}
	switch string(b[:len(text)]) {
	case "trace", "trc", "verbose", "finest", "all", "silly":
		return Trace
	case "debug", "dbg", "finer", "fine", "config":
		return Debug
	case "info", "inf", "information", "informational", "notice", "log", "default", "success":
		return Info
	case "warn", "warning", "wrn":
		return Warn
	case "error", "err", "eror", "severe":
		return Error
	case "fatal", "ftl", "critical", "crit", "panic", "dpanic", "emerg", "emergency", "alert":
		return Fatal
	default:
		return Unspecified
	}
}
