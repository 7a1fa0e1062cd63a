package detect

// huTaxID finds Hungarian tax numbers of persons: an 8, the days from 1867 to the
// birth, serial, and a check digit modulo 11 (act CL of 2017).
var huTaxID = identifier(&Detector{
	Name:      "hu_taxid",
	Summary:   "Hungarian tax number of a person",
	Evidence:  "first digit and check digit, which 1 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`adoazonosito adoazonositojel adoszam adojel`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("adoazonosito", "807159"+"2153") },
}, validHungarian,
	spelling{"9999999999", Possible})

func validHungarian(id ident) bool {
	return id.chars[0] == '8' && lastIs(id.text(), weighted(id.text(), 1, 2, 3, 4, 5, 6, 7, 8, 9)%11)
}
