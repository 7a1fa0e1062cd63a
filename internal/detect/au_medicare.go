package detect

// auMedicare finds Australian Medicare card numbers: eight digits from 2 to 6 on, a
// check digit modulo 10, the issue, and perhaps the place of the person on the card
// (Services Australia, Individual healthcare identifiers).
var auMedicare = identifier(&Detector{
	Name:      "au_medicare",
	Summary:   "Australian Medicare card number",
	Evidence:  "first digit and check digit, which 4.8 % of random numbers have; needs context",
	Packs:     []string{"apac"},
	context:   words(`medicare medicareno medicarecard medicarenumber`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("Medicare", "2123"+" 45670 "+"1") },
}, validMedicare,
	spelling{"9999~99999~9", Possible}, spelling{"9999 99999 9 9", Possible},
	spelling{"9999999999", Possible}, spelling{"99999999999", Possible})

func validMedicare(id ident) bool {
	return id.chars[0] >= '2' && id.chars[0] <= '6' && id.chars[9] != '0' &&
		weighted(id.text(), 1, 3, 7, 9, 1, 3, 7, 9)%10 == id.digit(8)
}
