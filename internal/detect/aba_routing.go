package detect

// abaRouting finds the routing numbers of US banks. Of random nine-digit numbers
// 3.8 % have a valid prefix and check digit, so context must name them.
var abaRouting = &Detector{
	Name:     "aba_routing",
	Summary:  "routing number of a US bank, with context",
	Evidence: "the prefixes of the Federal Reserve and the 3-7-1 check digit, where the context names it",
	digits:   []int{9},
	context:  words(`routingnumber routingno routingnum bankrouting abarouting abanumber aba micr routingtransit rtn`),
	keys:     words(`routingnumber routingno abarouting abaroutingnumber abanumber aba bankrouting achrouting`),
	match: func(c *candidate) (Finding, bool) {
		if !routing(c.text[c.at:c.end]) || !c.named(c.at, c.end) || numberInsideToken(c.text, c.at, c.end) {
			return Finding{}, false
		}
		return Finding{Start: c.at, End: c.end, Confidence: Likely}, true
	},
	under: wholeIf(routing),
	sample: func() Sample {
		number := "0210" + "0002" + "1"
		return Sample{Text: "routing number " + number, Secret: number}
	},
}

// routing reports whether nine digits are a routing number: districts 00 to 12,
// thrift institutions 21 to 32, electronic 61 to 72, traveller's cheques 80.
func routing(d string) bool {
	if len(d) != 9 || span(d, 0, 9, isDigit) != 9 || allSame(d) {
		return false
	}
	switch district := int(d[0]-'0')*10 + int(d[1]-'0'); {
	case district <= 12, district >= 21 && district <= 32, district >= 61 && district <= 72, district == 80:
	default:
		return false
	}
	sum := 0
	for i, weight := range [...]int{3, 7, 1, 3, 7, 1, 3, 7, 1} {
		sum += weight * int(d[i]-'0')
	}
	return sum%10 == 0
}

// numberInsideToken reports whether digits are part of a word, a path, an
// identifier or a longer number, so that only context could save them.
func numberInsideToken(text string, start, end int) bool {
	if wordEndsAt(text, start) || wordStartsAt(text, end) || fraction(text, end) {
		return true
	}
	if start > 1 && !escapeEndsAt(text, start) && (text[start-1] == '-' || text[start-1] == '.') && has(text[start-2], isAlnum) {
		return true
	}
	return end+1 < len(text) && text[end] == '-' && has(text[end+1], isAlnum)
}
