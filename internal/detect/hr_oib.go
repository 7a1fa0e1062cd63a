package detect

// hrOIB finds Croatian personal identification numbers: eleven digits with a check
// digit of ISO/IEC 7064 modulo 11 and 10 (Croatian act on the OIB, NN 60/08).
var hrOIB = identifier(&Detector{
	Name:      "hr_oib",
	Summary:   "Croatian personal identification number (OIB)",
	Evidence:  "check digit modulo 11 and 10, which 10.5 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`oib oibs oibbroj osobniidentifikacijski`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("OIB", "333920"+"05961") },
}, func(id ident) bool { return pure11and10(id.text()) },
	spelling{"99999999999", Possible})
