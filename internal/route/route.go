package route

import "strings"

// Of returns a route that the instrumentation reported without what can be no part
// of one, its query or fragment. A "?" that ends a parameter, as in "/users/:id?"
// or "{controller}/{id?}", marks it optional and begins no query. Its length and
// its encoding stay as they are.
func Of(route string) string {
	if strings.IndexByte(route, '?') < 0 && strings.IndexByte(route, '#') < 0 {
		return route // as nearly all; a search is faster than a loop
	}
	for i := range len(route) {
		switch route[i] {
		case '#':
			return route[:i]
		case '?':
			if i+1 < len(route) && strings.IndexByte("/})", route[i+1]) < 0 {
				return route[:i]
			}
		}
	}
	return route
}

// PathOf returns the path of a request target or URL, its query included: "/a?b",
// "https://h/a" and "https://h" give "/a?b", "/a" and "/". A target without a path
// ("*", "host:443") gives "".
func PathOf(target string) string {
	if strings.HasPrefix(target, "/") {
		return target
	}
	_, rest, absolute := strings.Cut(target, "://")
	if !absolute {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 && rest[i] == '/' {
		return rest[i:]
	}
	return "/"
}
