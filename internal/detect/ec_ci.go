package detect

// ecCI finds Ecuadorian identity numbers: province, a third digit below 6, serial, and
// a Luhn check digit (Registro Civil del Ecuador).
var ecCI = identifier(&Detector{
	Name:      "ec_ci",
	Summary:   "Ecuadorian identity number",
	Evidence:  "province and Luhn check digit, which 1.7 % of random numbers have; needs context",
	Packs:     []string{"latam"},
	context:   words(`cedula cedulas cedulaidentidad cedulaecuatoriana`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("cedula", "171430"+"7103") },
}, validEcuadorian,
	spelling{"9999999999", Possible}, spelling{"999999999-9", Possible})

func validEcuadorian(id ident) bool {
	province := id.number(0, 2)
	return (province >= 1 && province <= 24 || province == 30) && id.digit(2) < 6 && luhn(id.text())
}
