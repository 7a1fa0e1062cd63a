package detect

import "strings"

// cardTrack finds what the magnetic stripe of a card holds: track 1, with the
// name of its holder, and track 2. Sentinels, and the end, may be missing.
//
//	%B4111...^DOE/JANE^2912101...?    track 1, ISO/IEC 7813
//	;4111...=2912101...?              track 2
var cardTrack = &Detector{
	Name:     "card_track",
	Summary:  "magnetic stripe of a card: track 1 (%B...^...^...?) and track 2 (;...=...?)",
	Evidence: "a card number with its check digit, the separator of the track, expiry and service code",
	digits:   []int{13, 14, 15, 16, 17, 18, 19},
	glued:    true,
	match: func(c *candidate) (Finding, bool) {
		end := trackEnd(c.text, c.end)
		if end == c.end || !luhn([]byte(c.text[c.at:c.end])) || allSame(c.text[c.at:c.end]) {
			return Finding{}, false
		}
		start := c.at
		for _, sentinel := range [...]string{"%B", "%25B", ";", "%3B", "B"} {
			if strings.HasSuffix(c.text[:c.at], sentinel) {
				start -= len(sentinel)
				break
			}
		}
		if wordEndsAt(c.text, start) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Certain}, true
	},
	sample: func() Sample {
		pan := "4" + strings.Repeat("1", 15)
		return Sample{Text: ";" + pan + "=" + "3112101" + "00000123?", Secret: pan + "=3112101"}
	},
}

// Lengths of the tracks, ISO/IEC 7811-6: 79 and 40 characters.
const (
	maxTrack1 = 79
	maxTrack2 = 40
	// maxHolder is the longest name on track 1.
	maxHolder = 26
)

// trackEnd returns the end of the track data whose card number ends at i; i if
// what follows is none.
func trackEnd(text string, i int) int {
	rest, ok := cutSign(text, i, '^', "%5E")
	if ok {
		name := rest
		for name < len(text) && name-rest < maxHolder && (has(text[name], isAlnum|isDash|isSpace) || strings.IndexByte("/'+%", text[name]) >= 0) {
			name++
		}
		after, ok := cutSign(text, name, '^', "%5E")
		if name == rest || !ok || !expiryAndService(text, after) {
			return i
		}
		return stripeEnd(text, after, maxTrack1)
	}
	rest, ok = cutSign(text, i, '=', "%3D")
	if !ok || !expiryAndService(text, rest) {
		return i
	}
	return stripeEnd(text, rest, maxTrack2)
}

// cutSign returns the offset behind the sign at i, or behind its spelling.
func cutSign(text string, i int, sign byte, spelled string) (int, bool) {
	switch {
	case i < len(text) && text[i] == sign:
		return i + 1, true
	case strings.HasPrefix(text[i:], spelled):
		return i + len(spelled), true
	}
	return i, false
}

// expiryAndService reports whether YYMM and three digits of service code stand at i.
func expiryAndService(text string, i int) bool {
	return span(text, i, 7, isDigit) == i+7 && isMonth(text[i+2:i+4])
}

// stripeEnd returns the end of the discretionary data, with its sentinel.
func stripeEnd(text string, i, limit int) int {
	end := i
	for end < len(text) && end-i < limit && (has(text[end], isAlnum) || strings.IndexByte("=^ -", text[end]) >= 0) {
		end++
	}
	for end > i && text[end-1] == ' ' {
		end--
	}
	if end < len(text) && text[end] == '?' {
		return end + 1
	}
	return span(text, i, limit, isDigit) // without a sentinel only digits are sure
}
