package detect

// myNRIC finds Malaysian identity card numbers: date of birth, place of birth, serial
// (Jabatan Pendaftaran Negara). There is no check digit, and builds and jobs are
// numbered by dates too: needs context.
var myNRIC = identifier(&Detector{
	Name:      "my_nric",
	Summary:   "Malaysian identity card number (MyKad)",
	Evidence:  "date and place of birth, which 3.5 % of random numbers have; needs context",
	Packs:     []string{"apac"},
	context:   words(`nric nrics mykad mykads nomykad kadpengenalan icno`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("MyKad", "770305"+"-02-"+"1234") },
}, validMyKad,
	spelling{"999999-99-9999", Possible}, spelling{"999999999999", Possible})

func validMyKad(id ident) bool {
	switch place := id.number(6, 8); place {
	case 0, 17, 18, 19, 20, 69, 70, 73, 80, 81, 94, 95, 96, 97:
		return false
	}
	return calendarDay(id.number(0, 2), id.number(2, 4), id.number(4, 6))
}
