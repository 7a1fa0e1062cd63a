package detect

// thTNIN finds Thai identity numbers: kind of person, twelve digits, and a check digit
// modulo 11 (Bureau of Registration Administration).
var thTNIN = identifier(&Detector{
	Name:      "th_tnin",
	Summary:   "Thai identity number",
	Evidence:  "first digit and check digit, which 8.4 % of random numbers have; needs context",
	Packs:     []string{"apac"},
	context:   words(`thaiid thaiidcard prachachon thainational nationalid nationalidentity`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("Thai ID", "1-2345"+"-45678-"+"78-1") },
}, validThai,
	spelling{"9-9999-99999-99-9", Possible}, spelling{"9 9999 99999 99 9", Possible},
	spelling{"9999999999999", Possible})

func validThai(id ident) bool {
	return id.chars[0] != '0' && id.chars[0] != '9' &&
		lastIs(id.text(), (11-weighted(id.text(), 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11)%10)
}
