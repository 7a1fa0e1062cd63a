package detect

// asana finds the personal access tokens of Asana: a version, the number of the user,
// in newer ones that of the token, and 32 hexadecimal digits.
var asana = &Detector{
	Name:     "asana",
	Summary:  "Asana personal access token",
	Evidence: "16 digits behind 0/, 1/ or 2/, a colon and exactly 32 hexadecimal digits",
	digits:   []int{15, 16, 17},
	glued:    true,
	match: func(c *candidate) (Finding, bool) {
		const length = 32
		if c.end == len(c.text) || c.text[c.end] != ':' {
			return Finding{}, false
		}
		end := lowerHex.span(c.text, c.end+1, length+1)
		if end-c.end-1 != length || wordStartsAt(c.text, end) {
			return Finding{}, false
		}
		// Back over "1/" or "2/<number>/".
		start := c.at
		for parts := 0; parts < 2 && start > 1 && c.text[start-1] == '/' && has(c.text[start-2], isDigit); parts++ {
			start -= 2
			for start > 0 && c.at-start < maxDigits+2 && has(c.text[start-1], isDigit) {
				start--
			}
		}
		if start == c.at || wordEndsAt(c.text, start) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Certain}, true
	},
	sample: func() Sample { return bareSample("1/" + decimal.noise(16) + ":" + lowerHex.noise(32)) },
}
