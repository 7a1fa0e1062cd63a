package detect

// esNIE finds Spanish numbers of foreigners: X, Y or Z, seven digits, and the letter
// of the DNI, for which X counts as 0, Y as 1 and Z as 2 (Orden INT/2058/2008).
var esNIE = identifier(&Detector{
	Name:      "es_nie",
	Summary:   "Spanish identity number of a foreigner (NIE)",
	Evidence:  "first letter and check letter modulo 23, which 0.5 % of random candidates have",
	Packs:     []string{"eu"},
	context:   words(`nie nies numeronie extranjero dninie`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("X" + "123" + "4567" + "L") },
}, validNIE,
	spelling{"A9999999A", Likely}, spelling{"A-9999999-A", Likely}, spelling{"A9999999-A", Likely})

func validNIE(id ident) bool {
	first := int(id.chars[0]) - 'X'
	return first >= 0 && first <= 2 && id.chars[8] == letter23(first*1e7+id.number(1, 8))
}
