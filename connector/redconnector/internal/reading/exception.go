package reading

import (
	"cmp"
	"hash/maphash"
	"strings"
	"unicode"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// exceptionEvent is the name of events and records that tell of an exception.
const exceptionEvent = "exception"

// Sighting is what an event or a log record tells of an exception.
type Sighting uint8

// The sightings. First is the one to be counted.
const (
	NoException Sighting = iota
	First                // nobody told of it before
	Again                // a log record told of it before, or an event
	Late                 // its span was dropped, see Config.DropLate
	Sightings            // the number of sightings
)

// String is the sighting as the connector's own metric tells it.
func (s Sighting) String() string {
	return [Sightings]string{"none", "first", "again", "late"}[s]
}

// Event reads an event of a span. The exception counts as often as its span.
//
// It may be told of Again, after a log record that counted once: then the
// observation has what is missing to the weight of the span, Events that are zero
// if nothing is. So the count does not depend on who comes first.
func (r *Reader) Event(
	owner *series.Owner, span ptrace.Span, event ptrace.SpanEvent,
	now pcommon.Timestamp, key *series.Key, o *series.Observation,
) Sighting {
	if event.Name() != exceptionEvent {
		return NoException
	}
	if r.config.DropLate && r.late(span, now) {
		return Late
	}
	var x exception
	x.read(event.Attributes())
	sighting := First
	events, _ := series.WeightOf(span)
	if !r.firstTold(byEvent, &x, span.TraceID(), span.SpanID(), now) {
		sighting = Again
		events.Whole-- // the record's; a weight is 1 or more
	}
	if *o = (series.Observation{}); !events.IsZero() {
		r.observeException(owner, &x, events, span.TraceID(), span.SpanID(), key, o)
	}
	return sighting
}

// Exception reads the exception of a log record. If it is told of Again, the
// observation is empty.
func (r *Reader) Exception(
	owner *series.Owner, record plog.LogRecord, now pcommon.Timestamp, key *series.Key, o *series.Observation,
) Sighting {
	var x exception
	x.read(record.Attributes())
	if !x.told && record.EventName() != exceptionEvent {
		return NoException
	}
	if !r.firstTold(byRecord, &x, record.TraceID(), record.SpanID(), now) {
		*o = series.Observation{}
		return Again
	}
	r.observeException(owner, &x, series.One, record.TraceID(), record.SpanID(), key, o)
	return First
}

// ExceptionsForgotten is how many exceptions were forgotten before their time,
// because there were too many to remember: if the other of event and record comes
// later, they are counted twice.
func (r *Reader) ExceptionsForgotten() uint64 { return r.seen.forgotten() }

// firstTold reports whether the exception is to be counted. One without a trace
// cannot be recognised, and is.
func (r *Reader) firstTold(
	by teller, x *exception, trace pcommon.TraceID, span pcommon.SpanID, now pcommon.Timestamp,
) bool {
	return trace.IsEmpty() || r.seen.count(x.fingerprint(r.seen.seed, trace, span), by, now)
}

func (r *Reader) observeException(
	owner *series.Owner, x *exception, events series.Count, trace pcommon.TraceID, span pcommon.SpanID,
	key *series.Key, o *series.Observation,
) {
	key.Start(owner, &r.groups.exception)
	key.AddBuffer(appendExceptionType(key.Buffer(), x.class))
	*o = series.Observation{Events: events, Weight: events, Value: 1, Failed: true, TraceID: trace, SpanID: span}
}

// maxClass is more bytes than the name of a class has; what is beyond is a message.
const maxClass = 1 << 10

// exception is what the attributes of an event or a record say of one.
type exception struct {
	told           bool // there is a type or a message
	class          string
	message, stack string
}

func (x *exception) read(attributes pcommon.Map) {
	for name, value := range attributes.All() {
		switch name {
		case "exception.type":
			x.told, x.class = true, value.Str()
			x.class = x.class[:min(len(x.class), maxClass)]
		case "exception.message":
			x.told, x.message = true, value.Str()
		case "exception.stacktrace":
			x.stack = value.Str()
		}
	}
}

// fingerprint is the same for an event and a record that tell of one exception.
// Both have its message, but not the same stack: only one of them may have any,
// one ends with a line break, and where loggers and tracers of Python catch it at
// different depths, the stack is that of the depth. So the stack only tells apart
// what has no message. Equal exceptions of one span need no telling apart, as seen
// counts how often each told of them.
//
// The seed keeps others from making exceptions that look like one.
func (x *exception) fingerprint(seed maphash.Seed, trace pcommon.TraceID, span pcommon.SpanID) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	_, _ = h.Write(trace[:])
	_, _ = h.Write(span[:])
	_, _ = h.WriteString(x.class)
	_ = h.WriteByte(0)
	_, _ = h.WriteString(cmp.Or(strings.TrimSpace(x.message), strings.TrimSpace(x.stack)))
	return h.Sum64()
}

// appendExceptionType appends the class of an exception as a label. The names of
// classes are kept as they are; what a run time makes up is not:
//
//	Foo$$Lambda$123/0x0000f80001000a40  Foo$$Lambda
//	com.sun.proxy.$Proxy17              com.sun.proxy.$Proxy{id}
//	#<Class:0x00007f8a1c0>::Error       #<Class:{hex}>::Error
//	Foo$MockitoMock$123456              Foo$MockitoMock${id}
//	class@anonymous/app/x.php:12        class@anonymous
//	Error: no user ann@example.com      Error
//	KeyError('ann@example.com')         KeyError
//	ann@example.com                     unknown
//	List`1[[System.Int32, mscorlib]]    List`1
func appendExceptionType(dst []byte, class string) []byte {
	class = classOf(class)
	if class == "" {
		return append(dst, telemetry.Unknown...)
	}
	for i := 0; i < len(class); {
		switch n := len(digitsOf(class[i:])); {
		case strings.HasPrefix(class[i:], "0x") && len(hexOf(class[i+2:])) > 0:
			dst = append(dst, "{hex}"...)
			i += 2 + len(hexOf(class[i+2:]))
		case n >= 4 || n > 0 && strings.HasSuffix(class[:i], "$Proxy"):
			dst = append(dst, "{id}"...)
			i += n
		case n > 0:
			dst = append(dst, class[i:i+n]...)
			i += n
		default:
			dst = append(dst, class[i])
			i++
		}
	}
	return dst
}

// classOf cuts off what follows the name of a class. It is empty if what is left
// is an address.
func classOf(s string) string {
	if i := strings.IndexFunc(s, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }); i >= 0 {
		s = strings.TrimRight(s[:i], ":,;")
	}
	if i := strings.IndexAny(s, `('"`); i >= 0 {
		s = s[:i]
	}
	if i := strings.Index(s, "[["); i > 0 {
		s = s[:i]
	}
	if name, _, cut := strings.Cut(s, "@"); cut {
		if rest, found := strings.CutPrefix(s[len(name):], "@anonymous"); !found || rest != "" && rest[0] != '/' {
			return ""
		}
		s = s[:len(name)+len("@anonymous")]
	}
	if i := strings.Index(s, "$$"); i >= 0 {
		end := i + len("$$")
		for end < len(s) && isLetter(s[end]) {
			end++
		}
		s = s[:end]
	}
	return s
}

// digitsOf and hexOf return the digits that s begins with.
func digitsOf(s string) string {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return s[:n]
}

func hexOf(s string) string {
	for i := range len(s) {
		if b := s[i]; !isDigit(b) && (b < 'a' || b > 'f') && (b < 'A' || b > 'F') {
			return s[:i]
		}
	}
	return s
}

func isLetter(b byte) bool { return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' }
