package detect

// cnRIC finds Chinese resident identity numbers: region, date of birth with the whole
// year, serial, and a check character of ISO/IEC 7064 modulo 11 and 2 (GB 11643-1999).
var cnRIC = identifier(&Detector{
	Name:      "cn_ric",
	Summary:   "Chinese resident identity number",
	Evidence:  "region, date of birth and check character, which 0.1 % of random numbers have",
	Packs:     []string{"apac"},
	context:   words(`shenfenzheng idcard residentidentity sfz sfzh`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("110105" + "19491231" + "002X") },
}, validChinese,
	spelling{"99999999999999999X", Certain})

// chineseRegions has a 1 at the codes of the provinces, by tens: GB/T 2260.
var chineseRegions = [...]string{1: "0111110000", 2: "0111000000", 3: "0111111100", 4: "0111111000", 5: "1111100000", 6: "0111110000", 7: "0100000000", 8: "0111000000", 9: "0100000000"}

func validChinese(id ident) bool {
	tens := chineseRegions[id.digit(0)]
	return tens != "" && tens[id.digit(1)] == '1' && birthYear(id.number(6, 10)) &&
		calendarDay(id.number(6, 10), id.number(10, 12), id.number(12, 14)) && pure11and2(id.text())
}
