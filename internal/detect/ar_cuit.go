package detect

// arCUIT finds Argentine tax and labour numbers (CUIT, CUIL): type, identity number,
// and a check digit modulo 11 (AFIP, Resolución General 10/97).
var arCUIT = identifier(&Detector{
	Name:      "ar_cuit",
	Summary:   "Argentine tax or labour number (CUIT, CUIL), bare only with context",
	Evidence:  "type and check digit modulo 11, which 1.2 % of random numbers have; without hyphens only with context",
	Packs:     []string{"latam"},
	context:   words(`cuit cuil cuits cuils cuitcuil`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("20-0553" + "6168" + "-2") },
}, validCUIT,
	spelling{"99-99999999-9", Likely}, spelling{"99.99999999.9", Possible},
	spelling{"99999999999", Possible})

func validCUIT(id ident) bool {
	switch id.number(0, 2) {
	case 20, 23, 24, 25, 26, 27, 30, 33, 34, 50, 51, 55:
		return lastIs(id.text(), (11-weighted(id.text(), 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11)%11)
	}
	return false
}
