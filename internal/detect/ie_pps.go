package detect

import "strings"

// iePPS finds Irish personal public service numbers: seven digits, a check letter
// modulo 23, and from 2013 on a second letter that counts nine times (Department of
// Social Protection, Social Welfare Consolidation Act 2005).
var iePPS = identifier(&Detector{
	Name:      "ie_pps",
	Summary:   "Irish personal public service number (PPS)",
	Evidence:  "check letter modulo 23, which 3.9 % of random candidates have; needs context",
	Packs:     []string{"eu"},
	context:   words(`pps ppsn ppsno ppsnumber personalpublic`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("PPSN", "1234"+"567"+"FA") },
}, validPPS,
	spelling{"9999999A", Possible}, spelling{"9999999AA", Possible})

func validPPS(id ident) bool {
	sum := weighted(id.text(), 8, 7, 6, 5, 4, 3, 2)
	if id.n == 9 && strings.IndexByte("WTX", id.chars[8]) < 0 { // those are old, and W marked a married woman
		if id.chars[8] > 'I' {
			return false
		}
		sum += 9 * int(id.chars[8]-'A'+1)
	}
	return id.chars[7] == "WABCDEFGHIJKLMNOPQRSTUV"[sum%23]
}
