package route

import (
	"cmp"
	"strings"
)

// Request is what a span says about where the request went that it served: values
// of attributes, empty where there are none.
type Request struct {
	Route  string // http.route
	Path   string // url.path
	Target string // http.target, of older conventions
	URL    string // url.full, or http.url of older conventions
	Name   string // the span's
}

// Endpoint returns what the endpoint of the request is made of: its route, which
// stays as it is, else a path for AppendTemplate, which may be that of a span's name
// such as "GET /users/42". It is empty if the span tells neither.
func (r Request) Endpoint() (text string, isRoute bool) {
	if route := Of(r.Route); route != "" {
		return route, true
	}
	if path := cmp.Or(PathOf(r.Path), PathOf(r.Target), PathOf(r.URL)); path != "" {
		return path, false
	}
	return pathOfName(r.Name), false
}

// pathOfName returns the path in a span name of the form "GET /path", else "".
func pathOfName(name string) string {
	method, path, _ := strings.Cut(name, " ")
	if !strings.HasPrefix(path, "/") || !isMethod(method) {
		return ""
	}
	path, _, _ = strings.Cut(path, " ")
	return path
}

// isMethod knows the methods of RFC 9110, PATCH of RFC 5789, and QUERY, which the
// semantic conventions added; in any case, as some instrumentations report them so.
func isMethod(name string) bool {
	for _, method := range [...]string{"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "CONNECT", "TRACE", "QUERY"} {
		if len(name) == len(method) && strings.EqualFold(name, method) {
			return true
		}
	}
	return false
}
