package detect

// nzIRD finds New Zealand tax numbers: seven or eight digits within the range that is
// given out, and a check digit modulo 11, with a second set of weights where the first
// one leaves ten (Inland Revenue, NFR specification of IRD numbers).
var nzIRD = identifier(&Detector{
	Name:      "nz_ird",
	Summary:   "New Zealand tax number (IRD)",
	Evidence:  "range and check digit, which 9.5 % of random numbers have; needs context",
	Packs:     []string{"apac"},
	context:   words(`ird irds irdno irdnumber inlandrevenue`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("IRD", "49"+"-091-"+"850") },
}, validIRD,
	spelling{"999~999~999", Possible}, spelling{"99~999~999", Possible}, spelling{"999999999", Possible},
	spelling{"99999999", Possible})

func validIRD(id ident) bool {
	if number := id.number(0, id.n); number < 10_000_000 || number > 200_000_000 {
		return false
	}
	if id.n == 8 {
		copy(id.chars[1:], id.chars[:8])
		id.chars[0], id.n = '0', 9
	}
	check := (11 - weighted(id.text(), 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	if check == 10 {
		check = (11 - weighted(id.text(), 7, 4, 3, 2, 5, 2, 7, 6)%11) % 11
	}
	return lastIs(id.text(), check)
}
