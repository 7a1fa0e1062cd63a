package detect

// hkHKID finds Hong Kong identity card numbers: one or two letters, six digits, and a
// check character modulo 11, often in brackets (Immigration Department, Cap. 177).
var hkHKID = identifier(&Detector{
	Name:      "hk_hkid",
	Summary:   "Hong Kong identity card number",
	Evidence:  "check character modulo 11, which 9.8 % of random candidates have; needs context",
	Packs:     []string{"apac"},
	context:   words(`hkid hkids hkidno hkic identitycard`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("HKID", "A123"+"456"+"(3)") },
}, validHKID,
	spelling{"A999999(X)", Possible}, spelling{"AA999999(X)", Possible}, spelling{"A999999X", Possible},
	spelling{"AA999999X", Possible})

func validHKID(id ident) bool {
	sum, weight := 0, 9
	if id.n == 8 {
		sum, weight = 9*36, 8 // a blank stands for the first letter
	}
	for _, b := range id.text() {
		sum += value36(b) * weight
		weight--
	}
	return id.chars[id.n-1] <= 'A' && sum%11 == 0
}
