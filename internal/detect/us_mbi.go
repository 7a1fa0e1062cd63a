package detect

import "bytes"

// usMBI finds Medicare Beneficiary Identifiers: eleven characters whose places are
// fixed to digits and letters, without S, L, O, I, B and Z (CMS, Understanding the
// Medicare Beneficiary Identifier format). There is no check digit: the sequence of
// letters and digits itself is the evidence.
var usMBI = identifier(&Detector{
	Name:      "us_mbi",
	Summary:   "US Medicare Beneficiary Identifier",
	Evidence:  "the grammar of CMS, which 0.02 % of random capitals and digits meet",
	Packs:     []string{"us", "hipaa"},
	context:   words(`mbi medicare beneficiary hicn`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("1EG4" + "-TE5-" + "MK73") },
}, validMBI,
	spelling{"9AX9-AX9-AA99", Likely}, spelling{"9AX9AX9AA99", Likely})

func validMBI(id ident) bool { return id.chars[0] != '0' && !bytes.ContainsAny(id.text(), "SLOIBZ") }
