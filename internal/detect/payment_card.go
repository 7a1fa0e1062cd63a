package detect

// paymentCard finds primary account numbers: 13 to 19 digits in one group, or in
// the groups that cards are printed with. A number must have the issuer prefix
// and length of a brand and a Luhn check digit, which 2.3 % of random 16-digit
// numbers have; the guards below keep identifiers and times out.
var paymentCard = &Detector{
	Name:    "payment_card",
	Summary: "payment card number: issuer prefix, length and Luhn check digit",
	Keeps:   4,
	digits:  []int{4, 13, 14, 15, 16, 17, 18, 19},
	match: func(c candidate) (Finding, bool) {
		end, confidence := pan(c)
		if confidence == 0 || cardInsideToken(c.text, c.at, end) {
			return Finding{}, false
		}
		confidence = weigh(c, c.at, end, confidence, keyCard, cardWords)
		if behindSign(c.text, c.at) && c.key&keyCard == 0 && !mentions(c.text, c.at, end, cardWords) {
			// blk_4111..., order-4111..., /users/4111..., 0.4111... are rarely cards.
			confidence = Possible
		}
		return Finding{Start: c.at, End: end, Confidence: confidence}, true
	},
}

// minPAN and maxPAN are the lengths of card numbers, ISO/IEC 7812-1.
const (
	minPAN = 13
	maxPAN = 19
)

// groupings are the ways in which card numbers are printed, longer ones first.
var groupings = [][]int{{4, 4, 4, 4, 3}, {4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}}

// pan returns the end of the card number that starts at the candidate and how
// sure its issuer makes it; confidence 0 if there is none. Grouped digits have one
// separator throughout: a space, a hyphen or a dot, never a line break.
func pan(c candidate) (end int, confidence Confidence) {
	var digits [maxPAN]byte
	if n := c.end - c.at; n >= minPAN {
		copy(digits[:], c.text[c.at:c.end])
		return c.end, issued(digits[:n])
	}
	if c.end == len(c.text) {
		return 0, 0
	}
	separator := c.text[c.end]
	if separator != ' ' && separator != '-' && separator != '.' {
		return 0, 0
	}
	// Dates and times begin like a card too: look at the second group first.
	if second := span(c.text, c.end+1, 7, isDigit) - c.end - 1; second != 4 && second != 6 {
		return 0, 0
	}
	for _, grouping := range groupings {
		n, stop := grouped(c.text, c.at, separator, grouping, &digits)
		if sure := issued(digits[:n]); sure > confidence {
			end, confidence = stop, sure
		}
	}
	return end, confidence
}

// issued says how sure the digits are a card number; 0 if they are none.
func issued(digits []byte) Confidence {
	if len(digits) < minPAN || !luhn(digits) || allSame(string(digits)) {
		return 0
	}
	return issuer(digits)
}

// grouped copies the digits of a number in the given groups and returns their
// count and the end of the number; 0 if the text has other groups.
func grouped(text string, i int, separator byte, grouping []int, digits *[maxPAN]byte) (int, int) {
	n := 0
	for g, length := range grouping {
		if g > 0 {
			if i == len(text) || text[i] != separator {
				return 0, 0
			}
			i++
		}
		end := span(text, i, length+1, isDigit)
		if end-i != length {
			return 0, 0
		}
		n += copy(digits[n:], text[i:end])
		i = end
	}
	return n, i
}

// luhn checks the ISO/IEC 7812-1 check digit.
func luhn(digits []byte) bool {
	sum := 0
	for i, b := range digits {
		d := int(b - '0')
		if (len(digits)-i)%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// issuer says how sure the brand's prefix and length make it that the digits are
// a card: 0 if no brand issues them. Numbers that begin with 1 are left out
// whatever the brand, since all current timestamps do.
func issuer(d []byte) Confidence {
	prefix := func(n int) int {
		v := 0
		for _, b := range d[:n] {
			v = v*10 + int(b-'0')
		}
		return v
	}
	p2, p3, p4, n := prefix(2), prefix(3), prefix(4), len(d)
	in := func(v, low, high int) bool { return v >= low && v <= high }
	long := Possible // 17 to 19 digits: more often identifiers than cards
	if n <= 16 {
		long = Likely
	}
	switch {
	case d[0] == '4' && n == 16: // Visa
		return Likely
	case d[0] == '4' && (n == 13 || n == 19): // Visa, rare
		return Possible
	case n == 16 && (in(p2, 51, 55) || in(p4, 2221, 2720)): // Mastercard
		return Likely
	case n == 15 && (p2 == 34 || p2 == 37): // American Express
		return Likely
	case n == 14 && (in(p3, 300, 305) || p4 == 3095 || p2 == 36 || p2 == 38 || p2 == 39): // Diners Club
		return Likely
	case n >= 16 && (p4 == 6011 || in(p3, 644, 649) || p2 == 65): // Discover
		return long
	case n >= 16 && in(p4, 3528, 3589): // JCB
		return long
	case n >= 16 && (p2 == 62 || in(p4, 2200, 2204)): // UnionPay, Mir
		return long
	case p4 == 5018 || p4 == 5020 || p4 == 5038 || p4 == 5893 || p4 == 6304 || p4 == 6759 || in(p4, 6761, 6763): // Maestro
		return Possible
	}
	return 0
}

// cardInsideToken reports whether the digits are part of a longer word, number
// or hexadecimal identifier.
func cardInsideToken(text string, start, end int) bool {
	if wordEndsAt(text, start) || wordStartsAt(text, end) {
		return true
	}
	// 4111111111111111.25 is an amount.
	return end+1 < len(text) && text[end] == '.' && has(text[end+1], isDigit)
}

// behindSign reports whether the digits follow a sign that joins them to an
// identifier, a path or a fraction.
func behindSign(text string, start int) bool {
	if start == 0 {
		return false
	}
	switch text[start-1] {
	case '_', '-', '.', '/', '+':
		return !escapeEndsAt(text, start)
	}
	return false
}
