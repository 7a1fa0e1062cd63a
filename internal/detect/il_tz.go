package detect

// ilTZ finds Israeli identity numbers: nine digits with a Luhn check digit (Population
// and Immigration Authority).
var ilTZ = identifier(&Detector{
	Name:      "il_tz",
	Summary:   "Israeli identity number",
	Evidence:  "Luhn check digit, which 10.5 % of random numbers have; needs context",
	Packs:     []string{"apac", "eu"},
	context:   words(`teudat teudatzehut tzehut misparzehut israeliid`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("teudat zehut", "0393"+"37423") },
}, func(id ident) bool { return luhn(id.text()) },
	spelling{"999999999", Possible}, spelling{"99999999-9", Possible}, spelling{"9999999-9", Possible}, spelling{"99999999", Possible})
