package detect

import "strings"

// wholeIf is the under of a detector whose keys alone make a value a finding, if
// it can be what they promise.
func wholeIf(promised func(value string) bool) func(KeyClass, string) (Finding, bool) {
	return func(_ KeyClass, value string) (Finding, bool) {
		return Finding{End: len(value), Confidence: Likely}, reveals(value) && promised(value)
	}
}

// lettered reports whether a value has a letter of any script: names and streets
// have one; counts and flags do not. Markers have none of their own.
func lettered(value string) bool {
	for i := 0; i < len(value); i++ {
		if end := markerEnd(value, i); end > i {
			i = end - 1
			continue
		}
		if has(value[i], isAlpha) || value[i] >= 0x80 {
			return true
		}
	}
	return false
}

// worded reports whether a value has a letter or a digit outside of markers.
func worded(value string) bool { return lettered(value) || digitCount(value, 1) > 0 }

// digitCount counts the digits of a value outside of markers, most at most.
func digitCount(value string, most int) int {
	n := 0
	for i := 0; i < len(value) && n < most; i++ {
		if end := markerEnd(value, i); end > i {
			i = end - 1
			continue
		}
		if has(value[i], isDigit) {
			n++
		}
	}
	return n
}

// madeOf reports whether a value has only bytes of the class and of signs.
func madeOf(value string, class byte, signs string) bool {
	for i := range len(value) {
		if !has(value[i], class) && strings.IndexByte(signs, value[i]) < 0 {
			return false
		}
	}
	return value != ""
}

// trimmedLower is the canonical form of what is written in words.
func trimmedLower(found string) string { return strings.ToLower(strings.TrimSpace(found)) }
