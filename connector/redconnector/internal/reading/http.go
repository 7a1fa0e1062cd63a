package reading

import (
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/route"
	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// addHTTP tells of an HTTP request that was served.
func (f *facts) addHTTP(span ptrace.Span, key *series.Key, o *series.Observation) {
	status := f.httpCode()
	if status == statusUnknown && f.failed(span) {
		status = statusError
	}
	o.Detail = uint16(status)
	o.Failed = status.class() == statusError
	key.AddKnown(f.httpMethod().String())
	f.addEndpoint(span, key)
	key.AddKnown(status.class().String())
}

func (f *facts) httpMethod() method {
	switch {
	case f.tells(httpRequestMethod):
		return methodOf(f.text(httpRequestMethod))
	case f.tells(httpMethod):
		return methodOf(f.text(httpMethod))
	default:
		return methodOther
	}
}

func (f *facts) httpCode() httpStatus {
	for _, a := range [...]attribute{httpResponseStatusCode, httpStatusCode} {
		if f.tells(a) {
			if status := httpStatusOf(f.values[a]); status != statusUnknown {
				return status
			}
		}
	}
	return statusUnknown
}

// addEndpoint tells the endpoint of the request. What a route makes unnecessary is
// not read.
func (f *facts) addEndpoint(span ptrace.Span, key *series.Key) {
	if text := route.Of(f.text(httpRoute)); text != "" {
		key.Add(text)
		return
	}
	request := route.Request{Path: f.text(urlPath), Target: f.text(httpTarget), URL: f.url(), Name: span.Name()}
	if path, _ := request.Endpoint(); path != "" {
		key.AddBuffer(route.AppendTemplate(key.Buffer(), path))
	} else {
		key.AddKnown(telemetry.UnknownEndpoint)
	}
}

// method is an HTTP method, an index of methods.
type method uint8

const (
	methodOther method = iota // none, or one that the semantic conventions do not know
)

// methods are the values of the method label: RFC 9110, PATCH of RFC 5789, and
// QUERY, which the semantic conventions added.
var methods = [...]string{
	telemetry.OtherMethod,
	"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "CONNECT", "TRACE", "QUERY",
}

// methodOf knows a method in any case: some instrumentations report it as sent.
func methodOf(name string) method {
	if len(name) > len("OPTIONS") {
		return methodOther
	}
	for m := methodOther + 1; int(m) < len(methods); m++ {
		if methods[m] == name || len(name) == len(methods[m]) && strings.EqualFold(name, methods[m]) {
			return m
		}
	}
	return methodOther
}

func (m method) String() string { return methods[m] }

// httpStatus is the outcome of a request: a status code (100 to 599), the class
// of one (1 to 5), or statusUnknown. The zero value is statusUnknown.
type httpStatus uint16

const (
	statusUnknown httpStatus = 0
	statusError   httpStatus = 5 // telemetry.ErrorStatus
)

// httpStatusOf reads a code from an integer or a numeric string; anything else,
// and a code out of range, is statusUnknown.
func httpStatusOf(value pcommon.Value) httpStatus {
	code := value.Int()
	if s := value.Str(); len(s) == len("200") && isDigit(s[0]) && isDigit(s[1]) && isDigit(s[2]) {
		code = int64(s[0]-'0')*100 + int64(s[1]-'0')*10 + int64(s[2]-'0')
	}
	if code < 100 || code > 599 {
		return statusUnknown
	}
	return httpStatus(code)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// class is the class of a code; a class is its own.
func (s httpStatus) class() httpStatus {
	if s >= 100 {
		return s / 100
	}
	return s
}

// String is the value of the status label, or for a class of status_class.
func (s httpStatus) String() string {
	if s >= 100 {
		return strconv.Itoa(int(s))
	}
	return classes[min(int(s), len(classes)-1)]
}

var classes = [...]string{telemetry.UnknownStatus, "1xx", "2xx", "3xx", "4xx", telemetry.ErrorStatus}
