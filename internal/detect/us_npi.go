package detect

// usNPI finds National Provider Identifiers of health care: ten digits from 1 or 2
// on, with a Luhn check digit over 80840 and the number (45 CFR 162.406). One in ten
// numbers of seconds since 1970 is one, so it needs context.
var usNPI = identifier(&Detector{
	Name:      "us_npi",
	Summary:   "US National Provider Identifier",
	Evidence:  "first digit and Luhn check digit, which 2.3 % of random numbers have; needs context",
	Packs:     []string{"us", "hipaa"},
	context:   words(`npi npis nationalprovider provideridentifier`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("npi", "12345"+"67893") },
}, validNPI,
	spelling{"9999999999", Possible})

func validNPI(id ident) bool {
	if id.digit(0) != 1 && id.digit(0) != 2 {
		return false
	}
	digits := [15]byte{'8', '0', '8', '4', '0'}
	copy(digits[5:], id.text())
	return luhn(digits[:])
}
