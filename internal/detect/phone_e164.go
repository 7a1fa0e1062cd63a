package detect

import "strings"

// phoneE164 finds international phone numbers: a plus sign (or 00, with context), a
// country code that is assigned, and a national number of a length that its plan
// has. Time zones, differences and coordinates have a sign too, so a number must
// be written as phone numbers are.
var phoneE164 = &Detector{
	Name:     "phone_e164",
	Summary:  "international phone number: + or 00, country code and national number",
	Evidence: "an assigned country code and the lengths of its numbers; 00 and short ones in one piece need context",
	anchors:  phoneAnchors(),
	digits:   []int{4, 10, 11, 12, 13, 14, 15, 16, 17}, // 00, and behind \u002b, which the pass skips
	joins:    " -/(.",
	context:  words(phoneContext + " mobile cell contact"),
	match: func(c *candidate) (Finding, bool) {
		if has(c.text[c.at], isDigit) {
			for _, sign := range [...]string{`\u002b`, `\u002B`} {
				if strings.HasSuffix(c.text[:c.at], sign) {
					return e164(c, c.at-len(sign), c.at)
				}
			}
			if c.text[c.at:c.at+2] != "00" || wordEndsAt(c.text, c.at) || behindSign(c.text, c.at) {
				return Finding{}, false
			}
			f, ok := e164(c, c.at, c.at+len("00"))
			if ok {
				f.Confidence = c.weigh(f.Start, f.End, Possible)
			}
			return f, ok
		}
		for _, sign := range pluses {
			if strings.HasPrefix(c.text[c.at:], sign) && !joinsPlus(c.text, c.at) {
				return e164(c, c.at, c.at+len(sign))
			}
		}
		return Finding{}, false
	},
	// The country code stays.
	partial: func(found string) string {
		digits := strings.TrimPrefix(dialled(found), "00")
		return "+" + digits[:countryCode([]byte(digits))] + marker("phone_e164", "")
	},
	canonical: func(found string) string { return "+" + strings.TrimPrefix(dialled(found), "00") },
	sample: func() Sample {
		number := "1512" + "3456789"
		return Sample{Text: "call +49 " + number, Secret: number}
	},
}

// pluses are the spellings of the sign before a country code.
var pluses = [...]string{"+", "%2B", "%2b", `\u002b`, `\u002B`, "&#43;", "\uff0b"}

// phoneAnchors are the spellings of the sign, the plain one with what may follow.
func phoneAnchors() []string {
	all := []string{"%2B", "%2b", "&#43;", "\uff0b"}
	for _, code := range []string{"1", "7"} {
		for _, next := range "23456789 -.(" {
			all = append(all, "+"+code+string(next))
		}
	}
	for first := '2'; first <= '9'; first++ {
		for second := '0'; second <= '9' && first != '7'; second++ {
			all = append(all, "+"+string(first)+string(second))
		}
	}
	return all
}

// joinsPlus reports whether the plus sign at i belongs to what is before it: to a
// sum, a word, a time.
func joinsPlus(text string, i int) bool {
	return i > 0 && !escapeEndsAt(text, i) && (has(text[i-1], isWord|isDash) || text[i-1] == '+' || text[i-1] == ')')
}

// e164 verifies the number whose sign starts at start and whose digits start at
// digits. Of the groups that may belong to it, as many do as make it valid.
func e164(c *candidate, start, digits int) (Finding, bool) {
	p := readPhone(c.text, digits)
	if p.torn {
		return Finding{}, false
	}
	for g := p.groups - 1; g >= 0; g-- {
		end := p.ends[g]
		number := p.digits[:p.counts[g]]
		if len(number) < minPhone || !internationalNumber(number) || p.counts[0] < countryCode(number) {
			continue
		}
		if wordStartsAt(c.text, end) || clock(c.text, end) || fraction(c.text, end) && g == p.groups-1 {
			continue
		}
		base := Likely
		switch {
		case g == 0 && len(number) < 10:
			base = Possible // +12345678 may be a difference
		case g == 1 && p.signs == '.':
			base = Possible // +49.8912345 may be a decimal fraction
		}
		return Finding{Start: start, End: end, Confidence: c.weigh(start, end, base)}, true
	}
	return Finding{}, false
}

// e164Shaped reports whether a value as a whole is an international number.
func e164Shaped(value string) bool {
	start, plus := 0, false
	for _, sign := range pluses {
		if strings.HasPrefix(value, sign) {
			start, plus = len(sign), true
		}
	}
	p := readPhone(value, start)
	return plus && !p.torn && p.groups > 0 && p.ends[p.groups-1] == len(value) && p.n >= minPhone && internationalNumber(p.digits[:p.n])
}

// minPhone is the length of the shortest international numbers that are told from
// other numbers.
const minPhone = 8

// dialled returns the digits of a number without the trunk prefix in brackets and
// the spellings of signs.
func dialled(found string) string {
	for _, p := range pluses {
		found = strings.TrimPrefix(found, p)
	}
	return plainDigits(strings.ReplaceAll(found, "(0)", ""))
}
