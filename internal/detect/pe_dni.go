package detect

// peDNI finds Peruvian identity numbers: eight digits, behind which cards print a
// check digit modulo 11 (RENIEC). Without it any eight digits are one.
var peDNI = identifier(&Detector{
	Name:      "pe_dni",
	Summary:   "Peruvian identity number (DNI)",
	Evidence:  "context only: 100 % of random numbers of eight digits have the form",
	Packs:     []string{"latam"},
	context:   words(`dni dnis reniec documentoidentidad numerodni`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("DNI", "1012"+"4463") },
}, validPeruvian,
	spelling{"99999999-X", Possible}, spelling{"99999999", Possible})

func validPeruvian(id ident) bool {
	if id.n == 8 {
		return true
	}
	at := weighted(id.text(), 3, 2, 7, 6, 5, 4, 3, 2) % 11
	return id.chars[8] == "65432110987"[at] || id.chars[8] == "KJIHGFEDCBA"[at]
}
