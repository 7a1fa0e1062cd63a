package detect

// auABN finds Australian business numbers, which sole traders have too: eleven digits
// whose weighted sum, the first digit less one, is divisible by 89 (Australian Business
// Register). Written in groups it looks like any number with its thousands apart.
var auABN = identifier(&Detector{
	Name:      "au_abn",
	Summary:   "Australian business number",
	Evidence:  "weighted sum modulo 89, which 1.2 % of random numbers meet; needs context",
	Packs:     []string{"apac"},
	context:   words(`abn abns abnnumber businessnumber`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("ABN", "83"+" 914 571 "+"673") },
}, validABN,
	spelling{"99 999 999 999", Possible}, spelling{"99999999999", Possible})

func validABN(id ident) bool {
	return id.chars[0] != '0' && (weighted(id.text(), 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)-10)%89 == 0
}
