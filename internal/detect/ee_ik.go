package detect

// eeIK finds Estonian personal codes: century and sex, date of birth, serial, and a
// check digit modulo 11 with two sets of weights (standard EVS 585).
var eeIK = identifier(&Detector{
	Name:      "ee_ik",
	Summary:   "Estonian personal code",
	Evidence:  "century, date of birth and check digit, which 0.3 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`isikukood isikukoodi isikukoodid ikood estonianpersonal`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("isikukood", "368052"+"80109") },
}, validBaltic,
	spelling{"99999999999", Possible})
