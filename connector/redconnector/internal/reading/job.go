package reading

import (
	"cmp"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/route"
	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// addJob tells of a run of a job. The time of the last success is when the span
// ended, if that can be believed, but not in the future: a clock that is ahead would
// hide later failures.
func (f *facts) addJob(span ptrace.Span, ended bool, now pcommon.Timestamp, key *series.Key, o *series.Observation) {
	o.Failed = f.failed(span) || f.int(processExitCode) != 0
	if !o.Failed && ended {
		o.Time = min(span.EndTimestamp(), now)
	}
	// A name that was given to the job is kept; one of a span may carry data.
	if name := cmp.Or(f.text(jobName), f.text(cronJobName), f.text(faasName)); name != "" {
		key.Add(name)
	} else {
		addName(key, span.Name())
	}
	key.AddKnown(outcome(o.Failed))
}

// addName tells the template of a name, or that there is none.
func addName(key *series.Key, name string) {
	b := key.Buffer()
	start := len(b)
	if b = route.AppendName(b, name); len(b) == start {
		b = append(b, telemetry.Unknown...)
	}
	key.AddBuffer(b)
}
