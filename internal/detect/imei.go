package detect

// imei finds the equipment identities of mobile phones. Of random 15-digit numbers
// 10 % have the check digit, so context must name them.
var imei = &Detector{
	Name:     "imei",
	Summary:  "equipment identity of a mobile phone (IMEI), with context",
	Evidence: "15 digits with a Luhn check digit, where the context names them",
	Keeps:    4,
	digits:   []int{6, 15},
	context:  words(`imei imeis`),
	keys:     words(`imei imeinumber deviceimei`),
	match: func(c *candidate) (Finding, bool) {
		start, end := c.at, c.end
		if end-start == 6 {
			start, end = groupedIMEI(c.text, start)
		}
		if start == end || !c.named(start, end) || !equipment(c.text[start:end]) || numberInsideToken(c.text, start, end) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Certain}, true
	},
	under:     wholeIf(equipment),
	canonical: plainDigits,
	sample: func() Sample {
		number := "490154" + "203237518"
		return Sample{Text: "IMEI " + number, Secret: number[:12]}
	},
}

// groupedIMEI returns a number written AA-BBBBBB-CCCCCC-D whose second group starts
// at i; an empty range if there is none.
func groupedIMEI(text string, i int) (start, end int) {
	start = i - len("AA-")
	end = start + len("AA-BBBBBB-CCCCCC-D")
	if start < 0 || end > len(text) || !has(text[start+2], isDash|isSpace) || text[start+9] != text[start+2] || text[start+16] != text[start+2] {
		return i, i
	}
	return start, end
}

// equipment applies 3GPP TS 23.003, section 6.2 and annex B.
func equipment(s string) bool {
	if len(s) > len("AA-BBBBBB-CCCCCC-D") || !madeOf(s, isDigit|isSpace|isDash, "") {
		return false
	}
	d := plainDigits(s)
	return len(d) == 15 && luhn([]byte(d)) && !allSame(d)
}
