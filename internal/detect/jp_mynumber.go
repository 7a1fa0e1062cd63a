package detect

// jpMyNumber finds Japanese individual numbers: eleven digits and a check digit modulo
// 11 (Ordinance 85 of the Ministry of Internal Affairs, 2014, article 5).
var jpMyNumber = identifier(&Detector{
	Name:      "jp_mynumber",
	Summary:   "Japanese individual number (My Number)",
	Evidence:  "check digit modulo 11, which 10.5 % of random numbers have; needs context",
	Packs:     []string{"apac"},
	context:   words(`mynumber mynumbers kojinbango individualnumber`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("my_number", "1234"+" 5678 "+"9018") },
}, validMyNumber,
	spelling{"9999~9999~9999", Possible}, spelling{"999999999999", Possible})

func validMyNumber(id ident) bool {
	return lastIs(id.text(), elevenLess(id.text(), 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
}
