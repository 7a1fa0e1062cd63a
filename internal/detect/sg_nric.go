package detect

// sgNRIC finds Singapore identity numbers of citizens and foreigners: a letter for
// kind and century, seven digits, and a check letter modulo 11 (Immigration and
// Checkpoints Authority; the rule is not official, but long known).
var sgNRIC = identifier(&Detector{
	Name:      "sg_nric",
	Summary:   "Singapore identity number (NRIC, FIN)",
	Evidence:  "first letter and check letter, which 0.9 % of random candidates have",
	Packs:     []string{"apac"},
	context:   words(`nric nrics nricfin nricno`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("S" + "1234" + "567" + "D") },
}, validNRIC,
	spelling{"A9999999A", Likely})

func validNRIC(id ident) bool {
	sum, last := weighted(id.chars[1:], 2, 7, 6, 5, 4, 3, 2), id.chars[8]
	switch id.chars[0] {
	case 'S':
		return last == "JZIHGFEDCBA"[sum%11]
	case 'T':
		return last == "JZIHGFEDCBA"[(sum+4)%11]
	case 'F':
		return last == "XWUTRQPNMLK"[sum%11]
	case 'G':
		return last == "XWUTRQPNMLK"[(sum+4)%11]
	case 'M':
		return last == "XWUTRQPNJLK"[(sum+3)%11]
	}
	return false
}
