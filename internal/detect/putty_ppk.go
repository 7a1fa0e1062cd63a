package detect

import "strings"

// puttyPPK finds the private part of a key file of PuTTY: the lines of base64 behind
// "Private-Lines: n" (PuTTY manual, appendix C). The rest of the file stays.
var puttyPPK = &Detector{
	Name:     "putty_ppk",
	Summary:  "private lines of a PuTTY key file",
	Evidence: "the header Private-Lines and 16 characters of base64 in a row behind its number",
	anchors:  []string{"Private-Lines:"},
	match: func(c *candidate) (Finding, bool) {
		start := span(c.text, c.end, maxPadding, isSpace)
		start = span(c.text, start, maxPadding, isDigit)
		end := pemBodyEnd(c.text, start)
		// What ends the lines begins like base64.
		for _, next := range [...]string{"Private-MAC", "Private-Hash"} {
			if i := strings.Index(window(c.text, start, maxPEM), next); i >= 0 {
				end = start + i
			}
		}
		for start < end && !has(c.text[start], isAlnum) {
			if c.text[start] == '\\' {
				start++ // and the letter of the escape
			}
			start++
		}
		for start < end && (has(c.text[end-1], isSpace) || escapeEndsAt(c.text, end)) {
			if end--; !has(c.text[end], isSpace) {
				end--
			}
		}
		if start >= end || !pemBody(c.text[start:end]) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Certain}, true
	},
	sample: func() Sample {
		return Sample{Text: "Private-Lines: 1\n" + noise(64) + "\nPrivate-MAC: " + lowerHex.noise(40), Secret: noise(64)}
	},
}
