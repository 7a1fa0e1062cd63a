package detect

// usSSN finds United States social security numbers. Written 3-2-4 with hyphens
// the shape itself is evidence; with other separators or bare (88.9 % of random
// nine-digit numbers are valid) they count only where their context names them.
// Numbers known as specimens are masked too.
var usSSN = identifier(&Detector{
	Name:      "us_ssn",
	Summary:   "US social security number: 3-2-4 digits under the rules of the SSA, bare only with context",
	Evidence:  "the rules of the Social Security Administration, which 89 % of random digits meet; without hyphens only where the context names it",
	context:   words(`ssn ssns socialsecurity taxpayer`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("219" + "-09-" + "9998") },
}, issuedSSN,
	spelling{"999-99-9999", Likely}, spelling{"999 99 9999", Possible}, spelling{"999.99.9999", Possible},
	spelling{"999999999", Possible})

// issuedSSN applies the rules of what is never assigned: area 000, 666 and 900 to
// 999, group 00, serial 0000 (SSA, POMS RM 10201.035); but those that are set aside
// for advertisements, 987-65-4320 to 4329, are taken for real ones.
func issuedSSN(id ident) bool {
	area := id.number(0, 3)
	if advertised := id.number(0, 8); advertised == 987_65_432 {
		return true
	}
	return area != 0 && area != 666 && area < 900 && id.number(3, 5) != 0 && id.number(5, 9) != 0
}
