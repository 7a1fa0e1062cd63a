package detect

// alphabet is a set of ASCII characters: those that may stand in a token.
type alphabet [2]uint64

// alphabetOf returns the set of the characters, in which "a-z" is a range; a
// hyphen at the end stands for itself.
func alphabetOf(chars string) alphabet {
	var a alphabet
	for i := 0; i < len(chars); i++ {
		low, high := chars[i], chars[i]
		if i+2 < len(chars) && chars[i+1] == '-' {
			high = chars[i+2]
			i += 2
		}
		for c := int(low); c <= int(high); c++ {
			a[c>>6] |= 1 << (c & 63)
		}
	}
	return a
}

// The alphabets that vendors use.
var (
	decimal  = alphabetOf("0-9")
	lowerHex = alphabetOf("0-9a-f")
	anyHex   = alphabetOf("0-9a-fA-F")
	base32   = alphabetOf("A-Z2-7")
	lower36  = alphabetOf("0-9a-z")
	upper36  = alphabetOf("0-9A-Z")
	base62   = alphabetOf("0-9A-Za-z")
	url64    = alphabetOf("0-9A-Za-z_-")
	dotted64 = alphabetOf("0-9A-Za-z_.-")
	padded64 = alphabetOf("0-9A-Za-z_=-")
	std64    = alphabetOf("0-9A-Za-z+/=")
	// anyHexUnderscore joins parts of hexadecimal digits.
	anyHexUnderscore = alphabetOf("0-9a-fA-F_")
)

func (a alphabet) has(b byte) bool { return b < 128 && a[b>>6]&(1<<(b&63)) != 0 }

// span is [span] for an alphabet.
func (a alphabet) span(text string, i, limit int) int {
	end := min(len(text), i+limit)
	for i < end && a.has(text[i]) {
		i++
	}
	return i
}

// all reports whether s has no other characters.
func (a alphabet) all(s string) bool { return a.span(s, 0, len(s)) == len(s) }

// noise returns n characters of the alphabet that look like those of a token: the
// same ones each time.
func (a alphabet) noise(n int) string {
	const letters = "q7Wd2Kx9Lm4Tz8Rb3Vn6Yc1Hs5Jf0Gp"
	body := make([]byte, 0, n)
	for i := 0; len(body) < n; i++ {
		if c := letters[i%len(letters)]; a.has(c) {
			body = append(body, c)
		}
	}
	return string(body)
}
