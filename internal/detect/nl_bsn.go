package detect

// nlBSN finds Dutch citizen service numbers: nine digits that pass the test of
// eleven, in which the last one counts against the others (Besluit
// burgerservicenummer, Rijksdienst voor Identiteitsgegevens).
var nlBSN = identifier(&Detector{
	Name:      "nl_bsn",
	Summary:   "Dutch citizen service number (BSN)",
	Evidence:  "test of eleven, which 9.2 % of random numbers pass; needs context",
	Packs:     []string{"eu"},
	context:   words(`bsn bsns burgerservicenummer burgerservice sofinummer sofi`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("bsn", "111"+"222"+"333") },
}, validBSN,
	spelling{"999999999", Possible}, spelling{"9999.99.999", Possible}, spelling{"999~999~999", Possible})

func validBSN(id ident) bool { return weighted(id.text(), 9, 8, 7, 6, 5, 4, 3, 2, -1)%11 == 0 }
