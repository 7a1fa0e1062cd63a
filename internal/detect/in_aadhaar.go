package detect

// inAadhaar finds Indian Aadhaar numbers: twelve digits from 2 on with a Verhoeff
// check digit (UIDAI, Aadhaar numbering scheme). One in twelve account numbers of
// clouds is one, so it needs context in any spelling.
var inAadhaar = identifier(&Detector{
	Name:      "in_aadhaar",
	Summary:   "Indian Aadhaar number",
	Evidence:  "first digit and Verhoeff check digit, which 8.4 % of random numbers have; needs context",
	Packs:     []string{"apac"},
	context:   words(`aadhaar aadhar adhaar aadhaarnumber aadhaarno uidai`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("Aadhaar", "2341"+" 2341 "+"2346") },
}, validAadhaar,
	spelling{"9999~9999~9999", Possible}, spelling{"999999999999", Possible})

func validAadhaar(id ident) bool { return id.chars[0] >= '2' && verhoeff(id.text()) }
