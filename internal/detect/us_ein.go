package detect

import "slices"

// usEIN finds the numbers that the IRS gives to employers. The first two digits name
// the campus that assigned it (IRS, "How EINs are assigned and valid EIN prefixes");
// there is no check digit.
var usEIN = identifier(&Detector{
	Name:      "us_ein",
	Summary:   "US employer identification number",
	Evidence:  "a prefix of the IRS, which 84 % of random digits have; needs context",
	Packs:     []string{"us"},
	context:   words(`ein eins fein feins employeridentification identificationnumber employerid federaltax federaltaxid`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("EIN", "12"+"-"+"3456789") },
}, issuedEIN,
	spelling{"99-9999999", Possible}, spelling{"999999999", Possible})

// einNever are the prefixes that no campus has.
var einNever = [...]int{0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97}

func issuedEIN(id ident) bool { return !slices.Contains(einNever[:], id.number(0, 2)) }
