package detect

// ukUTR finds the Unique Taxpayer References of HMRC: ten digits, the first of which
// is the check digit, modulo 11 (HMRC, Modulus 11 check for Self Assessment).
var ukUTR = identifier(&Detector{
	Name:      "uk_utr",
	Summary:   "UK Unique Taxpayer Reference",
	Evidence:  "check digit modulo 11, which 10.5 % of random numbers have; needs context",
	Packs:     []string{"uk", "eu"},
	context:   words(`utr utrs utrnumber uniquetaxpayer taxpayerreference`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("UTR", "19558"+"39661") },
}, validUTR,
	spelling{"9999999999", Possible}, spelling{"99999 99999", Possible})

func validUTR(id ident) bool {
	return id.chars[0] == "21987654321"[weighted(id.chars[1:], 6, 7, 8, 9, 10, 5, 4, 3, 2)%11]
}
