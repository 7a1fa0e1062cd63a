package route

import "strings"

// Bounds of names and hosts, in bytes.
const (
	maxName = 200  // of the result
	maxRead = 1024 // of a name; what is beyond does not count
	maxWord = 64   // of a part; a longer one is a token
)

// AppendName appends to dst the template of the name of a span, job or destination:
// its words, with what is likely to be data replaced by its kind. Words are split
// where names split them, at spaces, slashes, colons, dots, brackets and the like,
// and into parts at "-", "_" and "~": "process order 8842" gives "process order {id}",
// "nightly-report-2026-01-02" gives "nightly-report-{date}". The number of a region
// ("us-east-1") stays.
//
// Other characters make a text of what stands between two spaces, slashes, commas
// or brackets: "tenant=acme" gives "{text}". A query is cut off, spaces become one,
// parameters such as {id} stay. The result has at most 200 bytes; it is empty if
// nothing is left. It allocates only when dst is too small.
func AppendName(dst []byte, name string) []byte {
	return settle(dst, name)
}

// Characters at which names are split. Breaks end what is judged as a whole.
const (
	breaks = "/,()<>[]|"
	splits = ".:#$*+\\"
	joins  = "-_~"
)

// appendName is AppendName, but for being idempotent: see settle.
func appendName(dst []byte, name string) []byte {
	w := writer{dst: dst, start: len(dst), data: -1}
	for i := 0; i < len(name) && !w.full; {
		rest := name[i:]
		n := 1
		switch c := name[i]; {
		case c <= ' ':
			w.space()
		case c == '?':
			n = untilSpace(rest)
		case c == '[' && strings.HasPrefix(rest, marker) && strings.IndexByte(rest, ']') > 0:
			n = strings.IndexByte(rest, ']') + 1
			w.kind(kindRedacted)
		case nameClasses[c] == nameBreak:
			w.separator(c)
		default:
			n = untilBreak(rest)
			w.chunk(rest[:n])
		}
		i += n
	}
	return w.dst
}

// untilSpace returns the length of s up to its first space.
func untilSpace(s string) int {
	for i := range len(s) {
		if s[i] <= ' ' {
			return i
		}
	}
	return len(s)
}

// untilBreak returns the length of s up to what ends a chunk.
func untilBreak(s string) int {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || nameClasses[c]&nameBreak != 0 {
			return i
		}
	}
	return len(s)
}

// nameClass is what a byte of a name is.
type nameClass uint8

const (
	nameBreak nameClass = 1 << iota // ends a chunk
	nameSplit                       // ends a word
	nameJoin                        // ends a part of a word
	nameBrace
	nameReserved // stands in no word
)

var nameClasses = func() (of [256]nameClass) {
	for b := range of {
		if !isLetter(byte(b)) && !isDigit(byte(b)) {
			of[b] = nameReserved
		}
	}
	for set, c := range map[string]nameClass{breaks + "?": nameBreak, splits: nameSplit, joins: nameJoin, "{}": nameBrace} {
		for _, b := range []byte(set) {
			of[b] = c
		}
	}
	return of
}()

// chunk writes what stands between two breaks.
func (w *writer) chunk(s string) {
	var has nameClass
	for i := range len(s) {
		has |= nameClasses[s[i]]
	}
	switch {
	case has&nameReserved != 0 && isEmail(s):
		w.kind(kindEmail)
		return
	case has&nameReserved != 0, has&nameBrace != 0 && !hasParameters(s):
		w.kind(kindText)
		return
	case isIPv6(s) && readsLikeIPv6(s):
		w.kind(kindIP)
		return
	}
	for _, prefix := range generated {
		if len(s) > len(prefix) && strings.HasPrefix(s, prefix) {
			w.text(prefix)
			w.kind(kindToken)
			return
		}
	}
	for i := 0; i < len(s) && !w.full; {
		n := 1
		switch c := nameClasses[s[i]]; {
		case c&nameBrace != 0:
			n = strings.IndexByte(s[i:], '}') + 1
			w.kind(s[i : i+n])
		case c != 0:
			w.separator(s[i])
		default:
			n = w.part(s, i)
		}
		i += n
	}
}

// readsLikeIPv6 tells an address from a time of the day and from words of hex digits.
func readsLikeIPv6(s string) bool {
	x := textureOf(s)
	return x.digits > 0 && (x.letters > 0 || strings.Contains(s, "::"))
}

// generated begin the names of queues that RabbitMQ and Spring AMQP make of 16
// random bytes, in base64 for URLs.
var generated = [...]string{"amq.gen-", "spring.gen-"}

// hasParameters reports whether all braces in s are those of parameters.
func hasParameters(s string) bool {
	for {
		open := strings.IndexAny(s, "{}")
		if open < 0 {
			return true
		}
		end := strings.IndexByte(s[open:], '}') + 1
		if s[open] == '}' || !isParameter(s[open:open+end]) {
			return false
		}
		s = s[open+end:]
	}
}
