package detect

import "slices"

// keyed returns a function that takes values of the alphabet and one of the lengths:
// what a vendor's own header or variable holds.
func keyed(a alphabet, lengths ...int) func(KeyClass, string) (Finding, bool) {
	return func(_ KeyClass, value string) (Finding, bool) {
		if !slices.Contains(lengths, len(value)) || !a.all(value) || !plausible("", value, false) {
			return Finding{}, false
		}
		return Finding{Start: 0, End: len(value), Confidence: Certain}, true
	}
}
