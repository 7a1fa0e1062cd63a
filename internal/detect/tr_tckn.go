package detect

// trTCKN finds Turkish identity numbers: nine digits and two check digits (Turkish
// population services law 5490, MERNIS).
var trTCKN = identifier(&Detector{
	Name:      "tr_tckn",
	Summary:   "Turkish identity number",
	Evidence:  "two check digits, which 1 % of random numbers have; needs context",
	Packs:     []string{"apac", "eu"},
	context:   words(`tckn tckimlik tckimlikno kimlik kimlikno`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("TCKN", "172917"+"16060") },
}, validTCKN,
	spelling{"99999999999", Possible})

func validTCKN(id ident) bool {
	return id.chars[0] != '0' &&
		(weighted(id.text(), 7, -1, 7, -1, 7, -1, 7, -1, 7)%10+10)%10 == id.digit(9) &&
		lastIs(id.text(), weighted(id.text(), 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)%10)
}
