package detect

// cyTIC finds Cypriot tax identification codes: eight digits and a check letter
// modulo 26, for which the digits at odd places count as other values (Cyprus Tax
// Department; VIES algorithm of the European Commission).
var cyTIC = identifier(&Detector{
	Name:      "cy_tic",
	Summary:   "Cypriot tax identification code",
	Evidence:  "check letter modulo 26, which 4.1 % of random candidates have; needs context",
	Packs:     []string{"eu"},
	context:   words(`cypriot cyprustic taxidentificationcode tic tics`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("TIC", "1025"+"9033"+"P") },
}, validTIC,
	spelling{"99999999A", Possible})

func validTIC(id ident) bool {
	sum := 0
	for i := range 8 {
		if d := id.digit(i); i%2 == 0 {
			sum += oddCodice[d]
		} else {
			sum += d
		}
	}
	return id.number(0, 2) != 12 && int(id.chars[8]-'A') == sum%26
}
