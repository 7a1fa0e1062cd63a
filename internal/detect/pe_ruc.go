package detect

// peRUC finds Peruvian tax numbers: type (10 for persons), identity number, and a
// check digit modulo 11 (SUNAT, decree 943).
var peRUC = identifier(&Detector{
	Name:      "pe_ruc",
	Summary:   "Peruvian tax number (RUC)",
	Evidence:  "type and check digit modulo 11, which 0.6 % of random numbers have; needs context",
	Packs:     []string{"latam"},
	context:   words(`ruc rucs numeroruc unicocontribuyentes sunat`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("RUC", "205123"+"33797") },
}, validRUC,
	spelling{"99999999999", Possible})

func validRUC(id ident) bool {
	switch id.number(0, 2) {
	case 10, 15, 16, 17, 20:
		return lastIs(id.text(), (11-weighted(id.text(), 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11)%10)
	}
	return false
}
