package detect

import "strings"

// maxPhone is the most digits of an international number, ITU-T E.164, section 6.
const maxPhone = 15

// phone is a number as it is read: its digits, and where each group ends.
type phone struct {
	digits [maxPhone]byte
	n      int
	// ends are the offsets behind the groups, counts the digits up to there.
	ends, counts [8]int
	groups       int
	// signs are the separators seen: blanks aside, all must be of one kind.
	signs byte
	// torn marks a number that goes on in a way in which phone numbers do not.
	torn bool
}

// readPhone reads groups of digits from i on, with blanks, hyphens, dots, slashes
// and brackets between them. It stops where a phone number cannot go on.
func readPhone(text string, i int) phone {
	var p phone
	for p.groups < len(p.ends) {
		n, end := asciiDigits.read(text, i, p.digits[p.n:])
		if n == 0 {
			break
		}
		if has(at(text, end), isDigit) {
			p.torn = p.groups == 0 || p.signs != ' '
			break
		}
		p.n += n
		p.ends[p.groups], p.counts[p.groups] = end, p.n
		p.groups++
		next, sign := phoneJoint(text, end)
		if next == end {
			break
		}
		if sign != ' ' && p.signs != 0 && p.signs != ' ' && sign != p.signs {
			p.torn = true
			break
		}
		if sign != ' ' || p.signs == 0 {
			p.signs = sign
		}
		i = next
	}
	return p
}

// phoneJoint returns where the next group of digits begins behind the separators at
// i, and the kind of the separator; i if no group follows.
func phoneJoint(text string, i int) (next int, sign byte) {
	start, sign := i, byte(' ')
	if strings.HasPrefix(text[i:], "(0)") {
		i += len("(0)") // the trunk prefix, which callers from abroad leave out
	}
	for range 3 {
		switch size, s := joint(text, i); {
		case size > 0 && at(text, i) != '+':
			if s != ' ' {
				sign = s
			}
			i += size
		case at(text, i) == '(' || at(text, i) == ')':
			i++
		case at(text, i) == '/':
			sign, i = '/', i+1
		}
		if strings.HasPrefix(text[i:], "(0)") {
			i += len("(0)")
		}
		if has(at(text, i), isDigit) {
			return i, sign
		}
	}
	return start, 0
}

// phoneText reports whether a value is written as a phone number is, and how many
// digits it has.
func phoneText(value string) (digits int, ok bool) {
	const longest = 32
	if len(value) > longest {
		return 0, false
	}
	for i := range len(value) {
		b := value[i]
		switch {
		case has(b, isDigit):
			digits++
		case b == '+' && i == 0, has(b, isSpace|isDash), strings.IndexByte("()/", b) >= 0:
		default:
			return 0, false
		}
	}
	return digits, true
}

// phoneContext are words that speak for a phone number. Words that are common in
// other meanings (call, mobile in names of browsers) are left to the keys.
const phoneContext = `phone phones telephone tel telefon telefone telefono cellphone fax msisdn whatsapp sms handynummer handy celular movil portable rufnummer
	phonenumber mobilenumber mobilephone mobileno cellnumber contactnumber callback hotline voicemail`
