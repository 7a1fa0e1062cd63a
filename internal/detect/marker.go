package detect

import "strings"

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
	// Unstable is a value that still had findings after the last round.
	Unstable Reason = "unstable"
)

// Reasons lists every reason.
func Reasons() []Reason { return []Reason{TooLarge, TooDeep, Panicked, Unstable} }

// Unscannable is the marker that replaces a whole value that could not be
// scanned.
func Unscannable(reason Reason) string {
	return markerOpen + "unscannable_" + string(reason) + string(markerClose)
}

// replace writes what stands in place of found, the text of the finding.
func (f Finding) replace(out *strings.Builder, found string) {
	d := f.Detector
	if d.replacement != nil && !f.widened {
		out.WriteString(d.replacement(found))
		return
	}
	out.WriteString(markerOpen)
	out.WriteString(d.Name)
	// Keeping the end of a short value would be keeping most of it.
	if d.Keeps > 0 && !f.widened && len(found) >= 3*d.Keeps {
		if tail := found[len(found)-d.Keeps:]; span(tail, 0, d.Keeps, isAlnum) == d.Keeps {
			out.WriteByte(':')
			out.WriteString(tail)
		}
	}
	out.WriteByte(markerClose)
}

// markerNames are the names that a marker may carry: those of all built-in
// detectors, since another gateway may have left it, and of the reasons. It is
// filled by init because the detectors themselves recognise markers.
var markerNames = map[string]bool{}

func init() {
	for _, d := range Builtin() {
		markerNames[d.Name] = true
	}
	for _, r := range Reasons() {
		markerNames["unscannable_"+string(r)] = true
	}
}

// markerEnd returns the end of the marker that starts at i, or i if there is
// none. Only known names count: an unknown one may hide anything.
func markerEnd(text string, i int) int {
	if !strings.HasPrefix(text[i:], markerOpen) {
		return i
	}
	name := i + len(markerOpen)
	end := span(text, name, maxMarkerName+1, isLower|isDigit|isUnderscore)
	if !markerNames[text[name:end]] || end == len(text) {
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
