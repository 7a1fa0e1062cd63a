package detect

import "strings"

// inPAN finds Indian permanent account numbers: five letters, the fourth of which is
// the type of holder, four digits and a letter (Income Tax Department, rule 114). The
// rule of the last letter is not published.
var inPAN = identifier(&Detector{
	Name:      "in_pan",
	Summary:   "Indian permanent account number (PAN)",
	Evidence:  "type of holder, which 43 % of random candidates have; needs context",
	Packs:     []string{"apac"},
	context:   words(`pan pans pancard pannumber panno permanentaccount incometax`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("PAN", "ACUPA"+"7085"+"R") },
}, validPAN,
	spelling{"AAAAA9999A", Possible})

func validPAN(id ident) bool {
	return strings.IndexByte("ABCEFGHJLPT", id.chars[3]) >= 0 && id.number(5, 9) != 0
}
