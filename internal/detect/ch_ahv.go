package detect

// chAHV finds Swiss and Liechtenstein social insurance numbers: 756, nine digits
// without meaning, and the check digit of EAN-13 (Swiss ordinance on the AHV, SR
// 831.101, article 133).
var chAHV = identifier(&Detector{
	Name:      "ch_ahv",
	Summary:   "Swiss social insurance number (AHV, AVS)",
	Evidence:  "756 and the check digit of EAN-13, which 0.1 % of random numbers have",
	Packs:     []string{"eu"},
	context:   words(`ahv avs ahvn ahvnr ahvnummer nrahv numeroavs sozialversicherungsnummer`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("756." + "9217." + "0769" + ".85") },
}, validAHV,
	spelling{"999.9999.9999.99", Certain}, spelling{"999 9999 9999 99", Certain},
	spelling{"9999999999999", Likely})

func validAHV(id ident) bool {
	return id.number(0, 3) == 756 && weighted(id.text(), 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1)%10 == 0
}
