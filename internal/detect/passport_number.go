package detect

// passportNumber finds the numbers of passports of the widespread forms: up to two
// letters and seven to nine digits. No check digit is printed with them, so that they
// count only beside the word, or under their key.
var passportNumber = identifier(&Detector{
	Name:      "passport_number",
	Summary:   "passport number beside the word or under its key",
	Evidence:  "context or key only: 100 % of random candidates have the form",
	Packs:     []string{"us", "uk", "eu", "latam", "apac"},
	context:   words(`passport passports passportno passportnumber reisepass passeport pasaporte passaporte passaporto`),
	keys:      words(`passport passportno passportnumber passportid reisepassnummer pasaporte passaporte numeropassaporto`),
	under:     identifierUnder,
	canonical: compactID,
	sample:    func() Sample { return labelledSample("passport", "C0"+"123"+"4567") },
}, func(ident) bool { return true },
	spelling{"999999999", Possible}, spelling{"A99999999", Possible}, spelling{"A9999999", Possible},
	spelling{"AA9999999", Possible}, spelling{"AA999999", Possible})
