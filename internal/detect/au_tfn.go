package detect

// auTFN finds Australian tax file numbers: nine digits whose weighted sum is divisible
// by 11 (Australian Taxation Office; Privacy (Tax File Number) Rule 2015).
var auTFN = identifier(&Detector{
	Name:      "au_tfn",
	Summary:   "Australian tax file number",
	Evidence:  "weighted sum modulo 11, which 9.5 % of random numbers meet; needs context",
	Packs:     []string{"apac"},
	context:   words(`tfn tfns taxfile taxfilenumber`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("TFN", "123"+" 456 "+"782") },
}, validTFN,
	spelling{"999~999~999", Possible}, spelling{"999999999", Possible})

func validTFN(id ident) bool { return weighted(id.text(), 1, 4, 3, 7, 5, 8, 6, 9, 10)%11 == 0 }
