package reading

import (
	"cmp"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/series"
)

// facts are what the attributes of a span say. Its methods read a value when it is
// asked for, and not before: each lies elsewhere in memory that is in no cache yet,
// and most are not needed. All strings borrow from the span.
type facts struct {
	values [attributes]pcommon.Value // of those that are told
	told   uint64                    // bit i is attribute i
}

func (f *facts) tells(a attribute) bool { return f.told>>a&1 != 0 }

// tellsOf reports whether one of the attributes is told, which are bits as in told.
func (f *facts) tellsOf(some uint64) bool { return f.told&some != 0 }

// text is the value of an attribute. An attribute of a type that it cannot have
// reads like one that is missing, and so does an empty text.
func (f *facts) text(a attribute) string {
	if !f.tells(a) {
		return ""
	}
	return f.values[a].Str()
}

// either is the text of an attribute, or of the older one that tells the same.
func (f *facts) either(current, older attribute) string {
	if s := f.text(current); s != "" {
		return s
	}
	return f.text(older)
}

func (f *facts) int(a attribute) int64 {
	if !f.tells(a) {
		return 0
	}
	return f.values[a].Int()
}

func (f *facts) bool(a attribute) bool { return f.tells(a) && f.values[a].Bool() }

// failed reports whether the span has an error type, of any type, or says that it
// failed.
func (f *facts) failed(span ptrace.Span) bool {
	if span.Status().Code() == ptrace.StatusCodeError {
		return true
	}
	if !f.tells(errorType) {
		return false
	}
	switch value := f.values[errorType]; value.Type() {
	case pcommon.ValueTypeEmpty:
		return false
	case pcommon.ValueTypeStr:
		return value.Str() != ""
	default:
		return true
	}
}

// Attributes that mark a span, as bits.
const (
	httpMarks = 1<<httpRequestMethod | 1<<httpMethod | 1<<httpResponseStatusCode | 1<<httpStatusCode |
		1<<httpRoute | 1<<httpTarget | 1<<httpURL | 1<<httpScheme
	rpcMarks = 1<<rpcSystemName | 1<<rpcSystem | 1<<rpcService | 1<<rpcMethod | 1<<rpcResponseStatusCode |
		1<<rpcGRPCStatusCode | 1<<rpcConnectErrorCode | 1<<rpcJSONRPCErrorCode
	timerMarks = 1<<cronJobName | 1<<faasCron | 1<<faasTime
)

// isHTTP reports whether the span has attributes of HTTP.
func (f *facts) isHTTP() bool {
	if f.tellsOf(httpMarks) {
		return true
	}
	scheme := f.text(urlScheme)
	return scheme == "http" || scheme == "https"
}

// isRPC reports whether the span has attributes of RPC.
func (f *facts) isRPC() bool { return f.tellsOf(rpcMarks) }

// isTimer reports whether the span has a mark of a scheduled job.
func (f *facts) isTimer() bool { return f.tellsOf(timerMarks) || f.text(faasTrigger) == "timer" }

func (f *facts) rpcSystem() string { return f.either(rpcSystemName, rpcSystem) }

func (f *facts) url() string { return f.either(urlFull, httpURL) }

func (f *facts) operation() string { return f.either(messagingOperationType, messagingOperation) }

// destination is the name of the queue or topic.
func (f *facts) destination() string {
	return cmp.Or(f.text(messagingDestinationName), f.text(messagingSourceName), f.text(messagingDestination))
}

// rate is the sampling rate that the span tells.
func (f *facts) rate() (r series.Rate) {
	for _, a := range [...]attribute{samplingRate, olderSamplingRate} {
		if f.tells(a) {
			r.Read(names[a], f.values[a])
		}
	}
	return r
}
