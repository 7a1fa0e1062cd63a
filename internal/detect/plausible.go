package detect

// plausible reports whether the parts of a token before and behind its prefix may be
// secret: not one letter repeated, not mostly x, not words alone. Words may pass where
// the token has its documented length: examples in documentation do.
func plausible(before, body string, words bool) bool {
	if body == "" {
		body = before
	}
	var seen alphabet
	crosses, distinct := 0, 0
	for i := range len(body) {
		b := body[i]
		if b == 'x' || b == 'X' {
			crosses++
		}
		if b < 128 && !seen.has(b) {
			seen[b>>6] |= 1 << (b & 63)
			distinct++
		}
	}
	const few = 5
	if 2*crosses >= len(body) || distinct < min(few, len(body)) {
		return false
	}
	return words || mixed(body)
}

// mixed reports whether s has digits, or letters of both cases.
func mixed(s string) bool {
	var seen byte
	for i := range len(s) {
		seen |= classes[s[i]]
	}
	return seen&isDigit != 0 || seen&isUpper != 0 && seen&isLower != 0
}

// varied reports whether a token has digits and letters of both cases, as all but
// one in a thousand random ones of 30 characters do.
func varied(token string) bool {
	var seen byte
	for i := range len(token) {
		seen |= classes[token[i]]
	}
	return seen&isDigit != 0 && seen&isUpper != 0 && seen&isLower != 0
}
