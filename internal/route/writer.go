package route

import (
	"strings"
	"unsafe"
)

// maxPasses bounds how often settle looks at its own result. One look is usual; the
// fuzz tests have not seen more than three.
const maxPasses = 8

// settle appends the template of a name or host, again that of the template, and so
// on until nothing changes. This makes the result idempotent by construction, as the
// rules for words that stand beside data are not: a word may become suspicious only
// by what replaced its neighbour. What does not settle is text.
func settle(dst []byte, name string) []byte {
	name = name[:min(len(name), maxRead)]
	if isWords(name) {
		return append(dst, name...) // fast: nothing here can be data
	}
	start := len(dst)
	dst = appendName(dst, name)
	if string(dst[start:]) == name {
		return dst
	}
	for range maxPasses {
		end := len(dst)
		// made borrows from dst, of which no byte before end changes while made is read:
		// appendName appends behind it, or moves to a larger array and leaves this one be.
		made := unsafe.String(unsafe.SliceData(dst[start:]), end-start)
		dst = appendName(dst, made)
		if string(dst[start:end]) == string(dst[end:]) {
			return dst[:end]
		}
		dst = dst[:start+copy(dst[start:], dst[end:])]
	}
	return append(dst[:start], kindText...)
}

// isWords reports whether a short name has only letters, dots, slashes and colons.
func isWords(name string) bool {
	for i := range len(name) {
		if b := name[i]; !isLetter(b) && b != '.' && b != '/' && b != ':' {
			return false
		}
	}
	return len(name) <= maxWord
}

// writer writes a template of at most maxName bytes.
type writer struct {
	dst    []byte
	start  int  // of the template in dst
	data   int  // where the last kind begins that may be part of a token, or -1
	strong bool // it is no short number
	joined bool // a "-", "_" or "~" follows it
	spaced bool // a space is due before what comes next
	full   bool
}

// add writes a piece, or that there is a rest.
func (w *writer) add(piece string) {
	if w.full {
		return
	}
	space := 0
	if w.spaced && len(w.dst) > w.start {
		space = 1
	}
	if len(w.dst)-w.start+space+len(piece) > maxName-len(kindRest) {
		piece, w.full = kindRest, true
	} else if space > 0 {
		w.dst = append(w.dst, ' ')
	}
	w.spaced = false
	w.dst = append(w.dst, piece...)
}

// space notes a space; those at the ends are not written.
func (w *writer) space() {
	w.spaced = true
	w.data = -1
}

// text writes a word.
func (w *writer) text(s string) {
	w.data = -1
	w.add(s)
}

// separator writes a byte between words or parts.
func (w *writer) separator(b byte) {
	join := nameClasses[b]&nameJoin != 0
	if w.joined || !join {
		w.data = -1
	}
	w.joined = join && w.data >= 0
	w.add(separators[b : b+1])
}

// separators has every ASCII character at its place.
var separators = func() string {
	var all strings.Builder
	for b := range byte(0x80) {
		all.WriteByte(b)
	}
	return all.String()
}()

// kind writes the kind of data. A token takes in the data that it is joined with:
// random text has a "-" or "_" anywhere, and its parts look like different kinds.
func (w *writer) kind(kind string) {
	switch kind {
	case kindID, kindHex, kindULID, kindToken:
	default:
		w.text(kind)
		return
	}
	if w.data >= 0 && w.joined && !w.full && (kind == kindToken || string(w.dst[w.data:len(w.dst)-1]) == kindToken) {
		w.dst = w.dst[:w.data]
		kind = kindToken
	}
	w.add(kind)
	w.data, w.strong, w.joined = len(w.dst)-len(kind), kind != kindID, false
}
