package detect

import "strings"

// ukNINO finds British National Insurance numbers: two letters, six digits and a
// suffix A to D, with the prefixes that are allocated (HMRC, National Insurance
// Manual NIM39110). There is no check digit: the sequence of letters and digits
// itself is the evidence.
var ukNINO = identifier(&Detector{
	Name:      "uk_nino",
	Summary:   "UK National Insurance number",
	Evidence:  "the prefixes and suffixes of HMRC, which 0.01 % of random capitals and digits have",
	Packs:     []string{"uk", "eu"},
	context:   words(`nino ninos nationalinsurance nationalinsurancenumber insuranceno`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("AB" + "12" + "3456" + "C") },
}, validNINO,
	spelling{"AA999999A", Likely}, spelling{"AA 99 99 99 A", Likely}, spelling{"AA-99-99-99-A", Likely},
	spelling{"AA 999999 A", Likely})

func validNINO(id ident) bool {
	first, second, suffix := id.chars[0], id.chars[1], id.chars[8]
	if first == 'Q' && second == 'Q' {
		return suffix <= 'D' // what HMRC's examples begin with
	}
	if strings.IndexByte("DFIQUV", first) >= 0 || strings.IndexByte("DFIOQUV", second) >= 0 || suffix > 'D' {
		return false
	}
	switch string(id.chars[:2]) {
	case "BG", "GB", "KN", "NK", "NT", "TN", "ZZ":
		return false
	}
	return true
}
