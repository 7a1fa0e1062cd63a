package demo

import (
	"strconv"

	"go.opentelemetry.io/otel/attribute"
	semconv "go.opentelemetry.io/otel/semconv/v1.40.0"
)

// request is one HTTP request.
type request struct {
	method string
	path   string
	query  string
	// route is the template of the path; empty where the framework told none.
	route string
	// endpoint is what a gateway must make of route and path.
	endpoint string
}

// routed is a request whose framework knows its route.
func routed(method, route, path string) request {
	return request{method: method, route: route, path: path, endpoint: route}
}

// raw is a request without http.route, and the template that its path has.
func raw(method, path, endpoint string) request {
	return request{method: method, path: path, endpoint: endpoint}
}

// target is path and query.
func (x request) target() string {
	if x.query == "" {
		return x.path
	}
	return x.path + "?" + x.query
}

// spanName follows the semantic conventions: no raw path in it.
func (x request) spanName() string {
	if x.route == "" {
		return x.method
	}
	return x.method + " " + x.route
}

// convention is a generation of the semantic conventions for HTTP.
type convention int

const (
	// stable is what has been stable since 1.23.
	stable convention = iota
	// legacy is what came before 1.21; many services in production still
	// speak it.
	legacy
)

// server describes the request to the one who serves it.
func (c convention) server(host string, x request) []attribute.KeyValue {
	var attrs []attribute.KeyValue
	if c == legacy {
		attrs = []attribute.KeyValue{
			attribute.String("http.method", x.method),
			attribute.String("http.target", x.target()),
			attribute.String("http.scheme", "http"),
			attribute.String("net.host.name", host),
		}
	} else {
		attrs = []attribute.KeyValue{
			semconv.HTTPRequestMethodKey.String(x.method),
			semconv.URLPath(x.path),
			semconv.URLScheme("http"),
			semconv.ServerAddress(host),
		}
		if x.query != "" {
			attrs = append(attrs, semconv.URLQuery(x.query))
		}
	}
	if x.route != "" {
		attrs = append(attrs, semconv.HTTPRoute(x.route))
	}
	return attrs
}

// client describes the request to the one who makes it.
func (c convention) client(host string, x request) []attribute.KeyValue {
	url := "http://" + host + x.target()
	if c == legacy {
		return []attribute.KeyValue{
			attribute.String("http.method", x.method),
			attribute.String("http.url", url),
			attribute.String("net.peer.name", host),
		}
	}
	return []attribute.KeyValue{
		semconv.HTTPRequestMethodKey.String(x.method),
		semconv.URLFull(url),
		semconv.ServerAddress(host),
	}
}

// status describes the answer.
func (c convention) status(code int) attribute.KeyValue {
	if c == legacy {
		return attribute.Int("http.status_code", code)
	}
	return semconv.HTTPResponseStatusCode(code)
}

// failure describes an answer that is an error to the one who describes it.
func failure(code int) attribute.KeyValue { return semconv.ErrorTypeKey.String(strconv.Itoa(code)) }
