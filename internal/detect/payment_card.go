package detect

import "strings"

// paymentCard finds primary account numbers: 13 to 19 digits in one group, or in
// the groups that cards are printed with, in ASCII, full-width or Arabic-Indic
// digits. A number must have the issuer prefix and length of a brand and a Luhn
// check digit, which 2.3 % of random 16-digit numbers have; the guards below keep
// identifiers and times out. A number in scientific notation (4.1e15) has lost
// its digits and is not found.
var paymentCard = &Detector{
	Name:     "payment_card",
	Summary:  "payment card number: issuer prefix, length and Luhn check digit",
	Evidence: "issuer prefix and length of a brand, Luhn check digit; rare lengths and brands, identifiers and joined numbers need context",
	Default:  Partial,
	// 4 and 6 begin groups; up to 21 because of a %20 before the number.
	digits:  []int{4, 6, 13, 14, 15, 16, 17, 18, 19, 20, 21},
	joins:   jointBytes,
	anchors: scriptAnchors("23456"),
	context: words(`card cards pan cc ccn ccnum creditcard debitcard credit debit payment visa mastercard amex maestro discover jcb diners unionpay mir rupay elo bankcard kreditkarte kartennummer tarjeta cartao cartebancaire cvv cvc expiry expirymonth expmonth cardholder`),
	keys:    words(`cardnumber cardno ccnumber creditcardnumber debitcardnumber primaryaccountnumber pannumber`),
	match: func(c *candidate) (Finding, bool) {
		start, end, confidence := pan(c)
		if confidence == 0 || cardInsideToken(c.text, start, end) {
			return Finding{}, false
		}
		if expiresBehind(c.text, end) {
			return Finding{Start: start, End: end, Confidence: confidence.raised()}, true
		}
		named := c.named(start, end)
		confidence = c.weigh(start, end, confidence)
		if !named && (behindSign(c.text, start) || fraction(c.text, end) || labelled(c.text, start, counted) || identifies(c.text, start) || listed(c.text, start, end)) {
			// blk_4111..., order-4111..., /users/4111..., 0.4111... are rarely cards.
			confidence = Possible
		}
		return Finding{Start: start, End: end, Confidence: confidence}, true
	},
	under: func(_ KeyClass, value string) (Finding, bool) {
		digits := plainDigits(value)
		n := len(digits)
		if n < minPAN || n > maxPAN || allSame(digits) || !joinedDigits(value) {
			return Finding{}, false
		}
		return Finding{End: len(value), Confidence: Likely}, true
	},
	partial: func(found string) string {
		digits := plainDigits(found)
		if whole, zeros, isFloat := strings.Cut(found, "."); isFloat && allZero(zeros) && len(whole) >= minPAN {
			digits = plainDigits(whole)
		}
		return marker("payment_card", keptEnd(digits, maxMarkerKept))
	},
	canonical: plainDigits,
	sample: func() Sample {
		pan := "4" + strings.Repeat("1", 15) // the test number of all payment providers
		return Sample{Text: "card " + pan, Secret: pan[:12]}
	},
}

// minPAN and maxPAN are the lengths of card numbers, ISO/IEC 7812-1.
const (
	minPAN = 13
	maxPAN = 19
)

// groupings are the ways in which card numbers are printed, longer ones first.
var groupings = [][]int{
	{4, 4, 4, 4, 3}, {6, 13}, {4, 4, 4, 4, 2}, {4, 4, 4, 4}, {4, 6, 5}, {4, 4, 4, 3}, {4, 6, 4}, {4, 4, 4, 2}, {4, 4, 5}, {4, 3, 3, 3},
}

// pan returns the card number that starts at the candidate and how sure its
// issuer makes it; confidence 0 if there is none.
func pan(c *candidate) (start, end int, confidence Confidence) {
	s, ok := scriptAt(c.text, c.at)
	if !ok {
		return 0, 0, 0
	}
	start = c.at
	if s == asciiDigits {
		if start > 0 && c.text[start-1] == '%' {
			start += 2 // the digits of %20 are not the number's
		}
	} else if _, inside := s.digit(c.text, start-s.size()); inside {
		return 0, 0, 0
	}
	var digits [maxPAN + 1]byte
	n, end := s.read(c.text, start, digits[:])
	if n >= minPAN {
		if n > maxPAN {
			return 0, 0, 0
		}
		return start, end, issued(digits[:n])
	}
	if n != 4 && n != 6 {
		return 0, 0, 0
	}
	length, sign := joint(c.text, end)
	if length == 0 {
		return 0, 0, 0
	}
	// Dates and times begin like a card too: look at the second group first.
	var probe [14]byte
	second, _ := s.read(c.text, end+length, probe[:])
	if second < 3 || second > 6 && second != 13 {
		return 0, 0, 0
	}
	end = start
	for _, grouping := range groupings {
		if n != grouping[0] || second != grouping[1] {
			continue
		}
		count, stop := grouped(c.text, start, s, sign, grouping, &digits)
		if sure := issued(digits[:count]); sure > confidence {
			end, confidence = stop, sure
		}
	}
	// Four groups of four are how cards are printed, unless they are a part of a row.
	if confidence == Possible && sign != '.' && groupsAlone(c.text, start, end) {
		confidence = Likely
	}
	return start, end, confidence
}

// issued says how sure the digits are a card number; 0 if they are none.
func issued(digits []byte) Confidence {
	if len(digits) < minPAN || !luhn(digits) || allSame(string(digits)) {
		return 0
	}
	return issuer(digits)
}

// grouped copies the digits of a number in the given groups, with one sign between
// them throughout, and returns their count and the end of the number; 0 if the text
// has other groups.
func grouped(text string, i int, s script, sign byte, grouping []int, digits *[maxPAN + 1]byte) (int, int) {
	total := 0
	for g, length := range grouping {
		if g > 0 {
			size, same := joint(text, i)
			if size == 0 || same != sign {
				return 0, 0
			}
			i += size
		}
		n, end := s.read(text, i, digits[total:min(len(digits), total+length+1)])
		if n != length {
			return 0, 0
		}
		total, i = total+n, end
	}
	return total, i
}

// joinedDigits reports whether a value is nothing but digits and the signs that
// join them.
func joinedDigits(value string) bool {
	for i := 0; i < len(value); {
		if s, ok := scriptAt(value, i); ok {
			i += s.size()
			continue
		}
		length, _ := joint(value, i)
		if length == 0 {
			return false
		}
		i += length
	}
	return true
}
