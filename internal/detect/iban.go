package detect

// iban finds international bank account numbers: a country of the registry, the
// length and structure of its account numbers, and a remainder of 1 modulo 97. In
// one piece or in groups, in capital letters; in small ones with context only.
var iban = &Detector{
	Name:     "iban",
	Summary:  "international bank account number of any country of the registry",
	Evidence: "length and structure of the country's account numbers, and mod 97; in small letters only with context",
	Default:  Partial,
	digits:   []int{4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31},
	glued:    true,
	joins:    jointBytes,
	context:  words(`iban ibans sepa bankaccount kontonummer bankverbindung`),
	keys:     words(`iban ibannumber ibanno`),
	match: func(c *candidate) (Finding, bool) {
		if !accountMayPrecede(c.text, c.at) {
			return Finding{}, false
		}
		start, end, base := c.at, 0, Confidence(0)
		for end < c.end && start >= 0 {
			if countryAt(c.text, start) {
				end, base = ibanEnd(c.text, start)
			}
			if end < c.end {
				start = wordBefore(c.text, start, c.at)
			}
		}
		if end < c.end || base == 0 {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: c.weigh(start, end, base)}, true
	},
	// Under its key a number with a mistyped digit is one too.
	under: wholeIf(func(value string) bool {
		account := accountCharacters(value)
		return len(account) >= minIBAN && len(account) <= maxIBAN && madeOf(value, isAlnum|isSpace|isDash, "") &&
			has(account[0], isUpper) && has(account[1], isUpper) && has(account[2], isDigit) && has(account[3], isDigit)
	}),
	// The country and the last four characters stay.
	partial: func(found string) string {
		account := accountCharacters(found)
		return account[:2] + marker("iban", keptEnd(account, maxMarkerKept))
	},
	canonical: accountCharacters,
	sample: func() Sample {
		const account = "37040044053" + "2013000"
		return Sample{Text: "transfer to DE" + "89" + account, Secret: account[:14]}
	},
}

// minIBAN and maxIBAN are the lengths of Norway's and of Russia's numbers; ISO 13616
// allows 34.
const (
	minIBAN = 15
	maxIBAN = 34
)

// accountMayPrecede reports whether what stands right before i can be the beginning
// of an account number, or whether it begins there.
func accountMayPrecede(text string, i int) bool {
	if i < len("DE89") {
		return i >= 2 && countryAt(text, i-2)
	}
	switch b := text[i-1]; {
	case has(b, isUpper) || b >= 0x80:
		return true
	case has(b, isLower):
		return countryAt(text, i-2)
	case has(b, isDigit):
		return escapeEndsAt(text, i)
	case b == ' ' || b == '-' || b == '+':
		return has(text[i-2], isUpper|isDigit)
	}
	return false
}

// countryAt reports whether two letters and two digits begin a word at i.
func countryAt(text string, i int) bool {
	return i+4 <= len(text) && has(text[i], isAlpha) && has(text[i+1], isAlpha) && has(text[i+2], isDigit) && has(text[i+3], isDigit) && !wordEndsAt(text, i)
}

// wordBefore returns where the word that i is in, or the one before a single joint,
// starts: an account number whose digits start at from may begin there. It is
// negative if none can.
func wordBefore(text string, i, from int) int {
	const groups = maxIBAN + maxIBAN/2
	start := i
	for start > 0 && from-start < groups && has(text[start-1], isAlnum) && !escapeEndsAt(text, start) {
		start--
	}
	if start < i {
		return start
	}
	// The groups before are of digits and capitals.
	joints := start
	switch {
	case start == 0 || from-start >= groups:
		return -1
	case text[start-1] == ' ' || text[start-1] == '-' || text[start-1] == '.' || text[start-1] == '+':
		joints = start - 1
	case start > 1 && text[start-2:start] == "\u00a0":
		joints = start - 2
	case start > 2 && text[start-3] == '%':
		joints = start - 3
	case start > 5 && text[start-6] == '\\':
		joints = start - 6
	}
	end := joints
	for joints > 0 && end-joints <= maxIBAN && has(text[joints-1], isUpper|isDigit) {
		joints--
	}
	if joints == end || end == start {
		return -1
	}
	return joints
}

// ibanEnd returns the end of the account number that starts at i, and how sure it
// is; 0 if there is none.
func ibanEnd(text string, i int) (int, Confidence) {
	var account [maxIBAN]byte
	country := [2]byte{upper(text[i]), upper(text[i+1])}
	classes, ok := ibanStructures[string(country[:])]
	if !ok {
		return 0, 0
	}
	capital, grouped, sign := true, false, byte(0)
	n, length := 0, len("DE89")+len(classes)
	for n < length {
		if i == len(text) {
			return 0, 0
		}
		if n >= 4 && !has(text[i], isAlnum) {
			size, s := joint(text, i)
			if size == 0 || grouped && s != sign {
				return 0, 0
			}
			grouped, sign, i = true, s, i+size
			if i == len(text) {
				return 0, 0
			}
		}
		b := upper(text[i])
		class := byte('a')
		switch {
		case n >= 4:
			class = classes[n-4]
		case n >= 2:
			class = 'n'
		}
		if !ibanFits(class, b) {
			return 0, 0
		}
		capital = capital && b == text[i]
		account[n], n, i = b, n+1, i+1
	}
	if has(at(text, i), isAlnum) || mod97(account[:n]) != 1 {
		return 0, 0
	}
	if !capital {
		return i, Possible
	}
	return i, Certain
}

// accountCharacters returns the letters and digits of an account number, in
// capitals.
func accountCharacters(found string) string {
	account := make([]byte, 0, maxIBAN)
	for i := 0; i < len(found); {
		if has(found[i], isAlnum) {
			account, i = append(account, upper(found[i])), i+1
			continue
		}
		length, _ := joint(found, i)
		i += max(1, length)
	}
	return string(account)
}

// upper returns the ASCII upper case of b.
func upper(b byte) byte {
	if has(b, isLower) {
		return b - 'a' + 'A'
	}
	return b
}

// at returns the byte at i, or 0 behind the end.
func at(text string, i int) byte {
	if i < len(text) {
		return text[i]
	}
	return 0
}
