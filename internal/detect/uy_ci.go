package detect

// uyCI finds Uruguayan identity numbers: seven digits and a check digit modulo 10
// (Dirección Nacional de Identificación Civil).
var uyCI = identifier(&Detector{
	Name:      "uy_ci",
	Summary:   "Uruguayan identity number",
	Evidence:  "check digit modulo 10, which 10.5 % of random numbers have; needs context",
	Packs:     []string{"latam"},
	context:   words(`cedula cedulas cedulaidentidad cedulauruguaya ciuruguay`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("cedula", "1.234"+".567"+"-2") },
}, validUruguayan,
	spelling{"9.999.999-9", Possible}, spelling{"9999999-9", Possible}, spelling{"99999999", Possible})

func validUruguayan(id ident) bool {
	return lastIs(id.text(), (10-weighted(id.text(), 2, 9, 8, 7, 6, 3, 4)%10)%10)
}
