package redconnector

import (
	"cmp"
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/telemetry"
)

// httpSpan is what the attributes of a span say about the HTTP request that it
// served, in the current (HTTP 1.23 and later) and the older semantic
// conventions. All strings borrow from the span.
type httpSpan struct {
	found  bool // the span has HTTP attributes
	failed bool // the span has error.type

	method method
	status status

	route   string // http.route
	path    string // url.path
	target  string // http.target
	fullURL string // url.full, http.url
}

// readHTTP reads the attributes in one pass. Where a span follows both
// conventions, the current one wins.
func readHTTP(attributes pcommon.Map) httpSpan {
	var s httpSpan
	var olderMethod, olderURL string
	var olderStatus status
	var hasMethod bool
	for name, value := range attributes.All() {
		switch name {
		case "http.request.method":
			s.found, hasMethod, s.method = true, true, methodOf(value.Str())
		case "http.method":
			s.found, olderMethod = true, value.Str()
		case "http.response.status_code":
			s.found, s.status = true, statusOf(value)
		case "http.status_code":
			s.found, olderStatus = true, statusOf(value)
		case "http.route":
			s.found, s.route = true, value.Str()
		case "http.target":
			s.found, s.target = true, value.Str()
		case "http.url":
			s.found, olderURL = true, value.Str()
		case "http.scheme":
			s.found = true
		case "url.scheme":
			s.found = s.found || value.Str() == "http" || value.Str() == "https"
		case "url.path":
			s.path = value.Str()
		case "url.full":
			s.fullURL = value.Str()
		case "error.type":
			s.failed = true
		}
	}
	if !hasMethod {
		s.method = methodOf(olderMethod)
	}
	if s.status == statusUnknown {
		s.status = olderStatus
	}
	if s.fullURL == "" {
		s.fullURL = olderURL
	}
	return s
}

// outcome is the status of the request: its code, or how the span ended.
func (s httpSpan) outcome(span ptrace.Status) status {
	if s.status == statusUnknown && (s.failed || span.Code() == ptrace.StatusCodeError) {
		return statusError
	}
	return s.status
}

// appendEndpoint appends the endpoint of the request: its route, else a
// template of its path, else one of a span name such as "GET /users/42".
func (s httpSpan) appendEndpoint(dst []byte, spanName string) []byte {
	if route := routeOf(s.route); route != "" {
		return append(dst, route...)
	}
	path := cmp.Or(pathOf(s.path), pathOf(s.target), pathOf(s.fullURL))
	if path == "" {
		path = pathOfName(spanName)
	}
	if path == "" {
		return append(dst, telemetry.UnknownEndpoint...)
	}
	return appendTemplate(dst, path)
}

// pathOfName returns the path in a span name of the form "GET /path", else "".
func pathOfName(name string) string {
	verb, path, _ := strings.Cut(name, " ")
	if methodOf(verb) == methodOther || !strings.HasPrefix(path, "/") {
		return ""
	}
	path, _, _ = strings.Cut(path, " ")
	return path
}

// method is an HTTP method, an index of methods.
type method uint8

// methodOther is every method that the semantic conventions do not know.
const methodOther method = 0

// methods are the values of the method label: RFC 9110, PATCH of RFC 5789, and
// QUERY, which the semantic conventions added.
var methods = [...]string{
	telemetry.OtherMethod,
	"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "CONNECT", "TRACE", "QUERY",
}

// methodOf knows a method in any case: some instrumentations report it as sent.
func methodOf(name string) method {
	for m := methodOther + 1; int(m) < len(methods); m++ {
		if strings.EqualFold(name, methods[m]) {
			return m
		}
	}
	return methodOther
}

func (m method) String() string { return methods[m] }

// status is the outcome of a request: an HTTP status code (100 to 599), the
// class of one (1 to 5), or statusUnknown. The zero value is statusUnknown.
type status uint16

const (
	statusUnknown status = 0
	statusError   status = 5 // telemetry.ErrorStatus
)

// statusOf reads a code from an integer or a numeric string; anything else, and
// a code out of range, is statusUnknown.
func statusOf(value pcommon.Value) status {
	code := value.Int()
	if s := value.Str(); len(s) == len("200") && hasShape(s, "ddd") {
		code = int64(s[0]-'0')*100 + int64(s[1]-'0')*10 + int64(s[2]-'0')
	}
	if code < 100 || code > 599 {
		return statusUnknown
	}
	return status(code)
}

// class is the class of a code; a class is its own.
func (s status) class() status {
	if s >= 100 {
		return s / 100
	}
	return s
}

// String is the value of the status label, or for a class of status_class.
func (s status) String() string {
	switch {
	case s == statusUnknown:
		return telemetry.UnknownStatus
	case s >= 100:
		return strconv.Itoa(int(s))
	default:
		return strconv.Itoa(int(s)) + "xx"
	}
}
