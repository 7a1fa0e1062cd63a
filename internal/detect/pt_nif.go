package detect

import "strings"

// ptNIF finds Portuguese tax numbers: nine digits from the ranges that are given to
// persons and companies, with a check digit modulo 11 (Decreto-Lei 14/2013).
var ptNIF = identifier(&Detector{
	Name:      "pt_nif",
	Summary:   "Portuguese tax number (NIF)",
	Evidence:  "first digit and check digit modulo 11, which 7.4 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`nif nifs contribuinte numerocontribuinte identificacaofiscal`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("NIF", "123"+"456"+"789") },
}, validNIF,
	spelling{"999999999", Possible}, spelling{"999 999 999", Possible})

func validNIF(id ident) bool {
	return strings.IndexByte("1235689", id.chars[0]) >= 0 && lastIs(id.text(), elevenLess(id.text(), 9, 8, 7, 6, 5, 4, 3, 2))
}
