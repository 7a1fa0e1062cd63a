package detect

// usITIN finds the numbers that the IRS gives to taxpayers without a social security
// number: 9, and 50 to 65, 70 to 88, 90 to 92 or 94 to 99 as the group (IRS, Internal
// Revenue Manual 3.21.263). There is no check digit.
var usITIN = identifier(&Detector{
	Name:      "us_itin",
	Summary:   "US individual taxpayer identification number",
	Evidence:  "the groups that the IRS assigns, which 4.5 % of random digits have; needs context",
	Packs:     []string{"us", "hipaa"},
	context:   words(`itin itins taxpayer individualtaxpayer taxid`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("itin", "912"+"-70-"+"1234") },
}, issuedITIN,
	spelling{"999~99~9999", Possible}, spelling{"999999999", Possible})

func issuedITIN(id ident) bool {
	group := id.number(3, 5)
	return id.digit(0) == 9 && group >= 50 && group != 89 && group != 93 && (group <= 65 || group >= 70)
}
