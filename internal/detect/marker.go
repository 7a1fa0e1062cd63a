package detect

import (
	"maps"
	"strings"
	"sync"
	"sync/atomic"
)

// The marker that stands in place of what was found:
//
//	[REDACTED:<detector>]          all of it
//	[REDACTED:<detector>:<kept>]   all but its last characters
//
// A marker names itself, so that a later scan, in this gateway or the next one,
// recognises it and leaves it alone.
const (
	markerOpen  = "[REDACTED:"
	markerClose = ']'

	// maxMarkerName and maxMarkerKept bound what may stand inside a marker, so
	// that nothing can be smuggled past a scan by dressing up as one.
	maxMarkerName = 40
	maxMarkerKept = 4
)

// Reason says why a value could not be scanned. It is part of the marker and a
// label of the metric that counts such values.
type Reason string

// The reasons for which a value is replaced unscanned.
const (
	// TooLarge is a value over the bound on its size.
	TooLarge Reason = "size"
	// TooDeep is a value nested over the bound on its depth.
	TooDeep Reason = "depth"
	// Panicked is a value at which a detector panicked.
	Panicked Reason = "panic"
	// TooLong is a value whose scan took too long.
	TooLong Reason = "time"
	// Unstable is a value that still had findings after the last round.
	Unstable Reason = "unstable"
)

// Reasons lists every reason.
func Reasons() []Reason { return []Reason{TooLarge, TooDeep, Panicked, TooLong, Unstable} }

// Unscannable is the marker that replaces a whole value that could not be
// scanned.
func Unscannable(reason Reason) string {
	return markerOpen + "unscannable_" + string(reason) + string(markerClose)
}

// replace writes what stands in place of found, the text of the finding.
func (f Finding) replace(out *strings.Builder, found string, rules *Rules) {
	d := f.Detector
	switch {
	case f.widened:
		writeMarker(out, d.Name, "")
	case f.Action == Pseudonym && rules.pseudonyms != nil:
		out.WriteString(rules.pseudonyms.Token(d, found))
	case f.literal != "":
		out.WriteString(f.literal)
	case f.Action == Partial && d.partial != nil:
		out.WriteString(d.partial(found))
	case d.replacement != nil:
		out.WriteString(d.replacement(found))
	case f.Action == Partial:
		writeMarker(out, d.Name, keptEnd(found, d.Keeps))
	default:
		writeMarker(out, d.Name, "")
	}
}

// marker returns the marker of a detector, with the end that it keeps, if any.
func marker(name, kept string) string {
	var b strings.Builder
	writeMarker(&b, name, kept)
	return b.String()
}

func writeMarker(out *strings.Builder, name, kept string) {
	out.WriteString(markerOpen)
	out.WriteString(name)
	if kept != "" {
		out.WriteByte(':')
		out.WriteString(kept)
	}
	out.WriteByte(markerClose)
}

// keptEnd returns the last n characters of what was found. Keeping the end of a
// short value would be keeping most of it, so there it is none.
func keptEnd(found string, n int) string {
	if n == 0 || len(found) < 3*n {
		return ""
	}
	if tail := found[len(found)-n:]; span(tail, 0, n, isAlnum) == n {
		return tail
	}
	return ""
}

// markerNames are the names that a marker or a pseudonym may carry: those of all
// built-in detectors, since another gateway may have left it, of the reasons, and
// of all rules that a scanner of this process was made with. The map is replaced,
// never changed.
var (
	markerNames atomic.Pointer[map[string]bool]
	naming      sync.Mutex
)

func init() {
	for _, d := range Builtin() {
		nameMarker(d.Name)
	}
	for _, r := range Reasons() {
		nameMarker("unscannable_" + string(r))
	}
}

// nameMarker makes a name known.
func nameMarker(name string) {
	if knownName(name) {
		return
	}
	naming.Lock()
	defer naming.Unlock()
	names := map[string]bool{name: true}
	if old := markerNames.Load(); old != nil {
		maps.Copy(names, *old)
	}
	markerNames.Store(&names)
}

func knownName(name string) bool {
	names := markerNames.Load()
	return names != nil && (*names)[name]
}

// markerEnd returns the end of the marker that starts at i, or i if there is
// none. Only known names count: an unknown one may hide anything.
func markerEnd(text string, i int) int {
	if !strings.HasPrefix(text[i:], markerOpen) {
		return i
	}
	name := i + len(markerOpen)
	end := span(text, name, maxMarkerName+1, isLower|isDigit|isUnderscore)
	if !knownName(text[name:end]) || end == len(text) {
		return i
	}
	if text[end] == ':' {
		kept := end + 1
		end = span(text, kept, maxMarkerKept+1, isAlnum)
		if end == kept || end-kept > maxMarkerKept || end == len(text) {
			return i
		}
	}
	if text[end] != markerClose {
		return i
	}
	return end + 1
}
