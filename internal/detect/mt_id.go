package detect

import "strings"

// mtID finds Maltese identity numbers: seven digits and the letter of the register
// (Identity Malta, act on identity cards, chapter 258). There is no check digit.
var mtID = identifier(&Detector{
	Name:      "mt_id",
	Summary:   "Maltese identity number",
	Evidence:  "letter of the register, which 31 % of random candidates have; needs context",
	Packs:     []string{"eu"},
	context:   words(`malteseid maltaid kartatalidentita`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("Malta ID", "0123"+"456"+"M") },
}, validMaltese,
	spelling{"9999999A", Possible})

func validMaltese(id ident) bool { return strings.IndexByte("MGAPLHBZ", id.chars[7]) >= 0 }
