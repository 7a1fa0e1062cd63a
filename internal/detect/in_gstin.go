package detect

// inGSTIN finds Indian goods and services tax numbers, which hold the PAN of a person
// or company: state, PAN, entity, Z, and a check character modulo 36 (GSTN, GSTIN
// format).
var inGSTIN = identifier(&Detector{
	Name:      "in_gstin",
	Summary:   "Indian goods and services tax number (GSTIN)",
	Evidence:  "state, type of holder, Z and check character, which 0.1 % of random candidates have",
	Packs:     []string{"apac"},
	context:   words(`gstin gstins gst gstno gstnumber`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("27AAPFU" + "0939F" + "1ZV") },
}, validGSTIN,
	spelling{"99AAAAA9999AXAX", Certain})

func validGSTIN(id ident) bool {
	var pan ident
	pan.n = copy(pan.chars[:], id.chars[2:12])
	state := id.number(0, 2)
	if state == 0 || state > 38 && state != 97 && state != 99 || id.chars[12] == '0' || id.chars[13] != 'Z' || !validPAN(pan) {
		return false
	}
	sum := 0
	for i, b := range id.chars[:14] {
		product := value36(b) * (i%2 + 1)
		sum += product/36 + product%36
	}
	return value36(id.chars[14]) == (36-sum%36)%36
}
