package route

// Bounds of a template, which bound its length by construction:
// 8 × (1 + 40) + len("/{rest}") = 335 bytes.
const (
	maxSegments = 8
	maxSegment  = 40
)

// Kinds of data that are written in several places.
const (
	kindDate     = "{date}"
	kindRedacted = "{redacted}"
	kindEmail    = "{email}"
	kindText     = "{text}"
	kindUUID     = "{uuid}"
	kindIP       = "{ip}"
	kindID       = "{id}"
	kindULID     = "{ulid}"
	kindHex      = "{hex}"
	kindToken    = "{token}"
	kindRest     = "{rest}"
)

// AppendTemplate appends to dst the template of a path: a short ASCII text in which
// every segment that is likely to be data is replaced by its kind.
//
// A query, a fragment and matrix parameters ("/cars;color=red") are cut off; empty
// segments are dropped, so "//a/" gives "/a". A parameter that is one already stays,
// as {id} or :id. The result begins with "/" and has at most 335 bytes. It allocates
// only when dst is too small.
func AppendTemplate(dst []byte, path string) []byte {
	start := len(dst)
	for i, segments := 0, 0; i < len(path); i++ {
		begin := i
		var has class
		for ; i < len(path); i++ {
			c := classes[path[i]]
			if c == ends {
				break
			}
			has |= c
		}
		if segment := path[begin:i]; segment != "" {
			if segments++; segments > maxSegments {
				return append(append(dst, '/'), kindRest...)
			}
			switch {
			case has&(digit|reserved) == 0 && len(segment) < len(shapeUUID): // a word, as most are
			case has&(lower|upper|mark|reserved|point) == 0: // digits only
				segment = kindID
			default:
				segment = template(segment, has)
			}
			dst = append(dst, '/')
			dst = append(dst, segment...)
		}
		if i < len(path) && path[i] == ';' {
			for i < len(path) && path[i] != '/' && path[i] != '?' && path[i] != '#' {
				i++
			}
		}
		if i < len(path) && path[i] != '/' {
			break
		}
	}
	if len(dst) == start {
		dst = append(dst, '/')
	}
	return dst
}

// class is what a byte of a path is, and, or-ed, what a segment is made of.
type class uint8

const (
	lower    class = 1 << iota
	upper          //
	digit          //
	beyond         // is not a hex digit
	point          // "-" and ".", which numbers have too
	mark           // "_" and "~"
	reserved       // what RFC 3986 does not call unreserved
	ends           // ends a segment; has no other class
)

var classes = func() (of [256]class) {
	for b := range of {
		of[b] = reserved | beyond
	}
	for b := byte('0'); b <= '9'; b++ {
		of[b] = digit
	}
	for b := byte('a'); b <= 'z'; b++ {
		of[b], of[b-'a'+'A'] = lower, upper
		if b > 'f' {
			of[b], of[b-'a'+'A'] = lower|beyond, upper|beyond
		}
	}
	of['-'], of['.'] = point|beyond, point|beyond
	of['_'], of['~'] = mark|beyond, mark|beyond
	for _, b := range []byte("/;?#") {
		of[b] = ends
	}
	return of
}()
