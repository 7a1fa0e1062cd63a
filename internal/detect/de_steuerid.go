package detect

// deSteuerID finds German tax identification numbers: eleven digits, of which the
// first ten hold one digit two or three times and no other one twice, with a check
// digit of ISO/IEC 7064 modulo 11 and 10 (section 139b AO; Bundeszentralamt für
// Steuern). Written in groups it looks like any number with its thousands apart.
var deSteuerID = identifier(&Detector{
	Name:      "de_steuerid",
	Summary:   "German tax identification number (Steuer-ID)",
	Evidence:  "repetition of digits and check digit, which 0.4 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`steuerid steueridnr idnr identifikationsnummer steueridentifikationsnummer steuernummer steueridentnr`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("Steuer-ID", "86"+"095"+"742"+"719") },
}, validSteuerID,
	spelling{"99999999999", Possible}, spelling{"99 999 999 999", Possible})

func validSteuerID(id ident) bool {
	if id.chars[0] == '0' || !pure11and10(id.text()) {
		return false
	}
	var count [10]int
	for i := range 10 {
		count[id.digit(i)]++
	}
	repeated := 0
	for _, n := range count {
		switch {
		case n > 3:
			return false
		case n > 1:
			repeated++
		}
	}
	return repeated == 1
}
