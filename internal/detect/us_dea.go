package detect

import "strings"

// usDEA finds the numbers under which the Drug Enforcement Administration registers
// prescribers: two letters (the second is a 9 for
// businesses) and seven digits, the last of which is the last digit of
// the sum of the first, third and fifth and twice the sum of the others (21 CFR
// 1301 gives the number; the rule is DEA's, Diversion Control Division).
var usDEA = identifier(&Detector{
	Name:      "us_dea",
	Summary:   "US DEA registration number of a prescriber",
	Evidence:  "type of registrant and check digit, which 7.3 % of random candidates have; needs context",
	Packs:     []string{"us", "hipaa"},
	context:   words(`dea deanumber deano prescriber`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("dea", "AB"+"123"+"4563") },
}, validDEA,
	spelling{"AX9999999", Possible})

func validDEA(id ident) bool {
	return (has(id.chars[1], isAlpha) || id.chars[1] == '9') && strings.IndexByte("ABCDEFGHJKLMPRSTUXY", id.chars[0]) >= 0 && lastIs(id.text(), weighted(id.chars[2:], 1, 2, 1, 2, 1, 2)%10)
}
