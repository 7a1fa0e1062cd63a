package detect

// idNIK finds Indonesian identity numbers: province, regency and district, date of
// birth (the day 40 higher for women), serial (law 24 of 2013, Dukcapil). There is no
// check digit.
var idNIK = identifier(&Detector{
	Name:      "id_nik",
	Summary:   "Indonesian identity number (NIK)",
	Evidence:  "province and date of birth, which 2.8 % of random numbers have; needs context",
	Packs:     []string{"apac"},
	context:   words(`nik niks ktp ektp noktp nomorinduk indukkependudukan`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("NIK", "317101"+"510795"+"0001") },
}, validNIK,
	spelling{"9999999999999999", Possible})

// indonesianProvinces are how many provinces each ten has, counted from 1 on.
var indonesianProvinces = [10]int{1: 9, 2: 1, 3: 6, 5: 3, 6: 5, 7: 6, 8: 2, 9: 7}

func validNIK(id ident) bool {
	province, day := id.digit(1), id.number(6, 8)
	if day > 40 {
		day -= 40
	}
	return province > 0 && province <= indonesianProvinces[id.digit(0)] && id.number(2, 4) != 0 &&
		id.number(4, 6) != 0 && id.number(12, 16) != 0 && calendarDay(id.number(10, 12), id.number(8, 10), day)
}
