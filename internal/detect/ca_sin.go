package detect

// caSIN finds Canadian social insurance numbers: nine digits with a Luhn check digit;
// 8 begins none, 0 only those of examples (Service Canada, SIN Code of Practice).
var caSIN = identifier(&Detector{
	Name:      "ca_sin",
	Summary:   "Canadian social insurance number",
	Evidence:  "first digit and Luhn check digit, which 9.5 % of random numbers have; needs context",
	Packs:     []string{"latam", "us"},
	context:   words(`sin sins socialinsurance sinnumber sinno assurancesociale canadiansin`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("social insurance number", "130"+"-692-"+"544") },
}, validSIN,
	spelling{"999~999~999", Possible}, spelling{"999999999", Possible})

func validSIN(id ident) bool { return id.chars[0] != '8' && luhn(id.text()) }
