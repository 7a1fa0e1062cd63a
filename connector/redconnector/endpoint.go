package redconnector

import (
	"strings"

	"github.com/readygate/readygate/internal/series"
)

// Bounds of a template, which bound its length by construction:
// 8 × (1 + 40) + len("/{rest}") = 335 bytes.
const (
	maxSegments = 8
	maxSegment  = 40
)

// restSegment stands for everything beyond maxSegments.
const restSegment = "{rest}"

// appendTemplate appends to dst the template of a path: a short ASCII text in
// which every segment that is likely to be data, see placeholder, is replaced
// by its kind. It is deterministic, idempotent and remembers nothing, so every
// gateway makes the same template at any time.
//
// A query, a fragment and matrix parameters ("/cars;color=red") are cut off;
// empty segments are dropped, so "//a/" gives "/a".
func appendTemplate(dst []byte, path string) []byte {
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
	}
	start := len(dst)
	for segments := 0; path != ""; {
		var segment string
		segment, path, _ = strings.Cut(path, "/")
		segment, _, _ = strings.Cut(segment, ";")
		if segment == "" {
			continue
		}
		dst = append(dst, '/')
		if segments++; segments > maxSegments {
			return append(dst, restSegment...)
		}
		if kind := placeholder(segment); kind != "" {
			segment = kind
		}
		dst = append(dst, segment...)
	}
	if len(dst) == start {
		dst = append(dst, '/')
	}
	return dst
}

// routeOf returns a route that the instrumentation reported without what can be
// no part of one, its query or fragment. A "?" that ends a parameter, as in
// "/users/:id?" or "{controller}/{id?}", marks it optional and begins no query.
func routeOf(route string) string {
	for i := range len(route) {
		switch route[i] {
		case '#':
			return series.LabelValue(route[:i])
		case '?':
			if i+1 < len(route) && strings.IndexByte("/})", route[i+1]) < 0 {
				return series.LabelValue(route[:i])
			}
		}
	}
	return series.LabelValue(route)
}

// pathOf returns the path of a request target or URL: "/a?b", "https://h/a" and
// "https://h" give "/a?b", "/a" and "/". A target without a path ("*",
// "host:443") gives "".
func pathOf(target string) string {
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
