package detect

// phoneNational finds phone numbers without a country code. Their shapes are those
// of many other numbers, so context must name them: for one that is printed as
// phone numbers are, near it; for bare digits, right before it.
var phoneNational = &Detector{
	Name:     "phone_national",
	Summary:  "phone number without a country code, with context or under its key",
	Evidence: "the North American plan, or a trunk prefix 0 and 9 to 12 digits, where the context names a phone",
	anchors:  []string{"phone ", "Phone ", "tel ", "Tel ", "tel. ", "Tel. ", "tel: ", "Tel: ", "phone: ", "Phone: ", "mobile: "},
	digits:   []int{3, 4, 5, 9, 10, 11, 12},
	joins:    " -./()\xc2\xe2",
	context:  words(phoneContext),
	keys: words(`phone phones phonenumber phoneno telephone telephonenumber tel telnumber telno mobile mobilenumber mobilephone mobileno cell cellphone cellnumber
		fax faxnumber faxno msisdn homephone workphone officephone contactphone contactnumber customerphone userphone whatsapp whatsappnumber smsnumber callernumber calleenumber`),
	match: func(c *candidate) (Finding, bool) {
		digits := c.at
		switch first := c.text[c.at]; {
		case !has(first, isDigit): // groups of two are looked for behind a name only
			if digits = c.end; at(c.text, digits) != '0' || has(at(c.text, digits+2), isDigit) {
				return Finding{}, false
			}
		case first == '1' || first != '0' && c.end-digits != 3 && c.end-digits < 9:
			return Finding{}, false // no plan begins so
		case digits > 1 && c.text[digits-2] == '1' && has(c.text[digits-1], isDash|isSpace):
			digits -= len("1-")
		}
		start := digits
		if start > 0 && c.text[start-1] == '(' {
			start--
		}
		if wordEndsAt(c.text, start) || behindSign(c.text, start) {
			return Finding{}, false
		}
		p := readPhone(c.text, digits)
		if p.torn {
			return Finding{}, false
		}
		for g := p.groups - 1; g >= 0; g-- {
			end := p.ends[g]
			if !p.national(g) || numberInsideToken(c.text, start, end) || clock(c.text, end) {
				continue
			}
			if !c.named(start, end) || g == 0 && !phoneLabels.before(c.text, start) {
				return Finding{}, false
			}
			return Finding{Start: start, End: end, Confidence: Likely}, true
		}
		return Finding{}, false
	},
	// An international number is phoneE164's, under any key.
	under: wholeIf(func(value string) bool {
		digits, ok := phoneText(value)
		return ok && !e164Shaped(value) && digits >= minNational && digits <= maxPhone+2
	}),
	canonical: dialled,
	sample: func() Sample {
		number := "(201) 555" + "-0123"
		return Sample{Text: "phone " + number, Secret: number}
	},
}

// minNational is the length of the shortest numbers under a key.
const minNational = 7

// phoneLabels are the words that must stand right before bare digits.
var phoneLabels = labels(phoneContext + " mobile cell")

// national reports whether the groups up to the last one given are a number of the
// North American plan, one with a trunk prefix, or nine digits in three groups, as
// in Spain and Poland.
func (p *phone) national(last int) bool {
	d, groups := p.digits[:p.counts[last]], p.counts[:last+1]
	switch {
	case d[0] == '0':
		return len(d) >= 9 && len(d) <= 12 && d[1] != '0' && !allSame(string(d[1:]))
	case d[0] == '1':
		return northAmerican(d[1:]) && inGroups(groups, 1)
	case len(d) == 10:
		return northAmerican(d) && inGroups(groups, 0)
	}
	return len(d) == 9 && last >= 2 && d[0] >= '5'
}

// inGroups reports whether ten digits behind a prefix are written as area code,
// exchange and line are, or in one piece.
func inGroups(counts []int, prefix int) bool {
	for _, n := range counts {
		if n -= prefix; n != 0 && n != 3 && n != 6 && n != 10 {
			return false
		}
	}
	return true
}

// clock reports whether a time of day goes on at i.
func clock(text string, i int) bool { return at(text, i) == ':' && has(at(text, i+1), isDigit) }
