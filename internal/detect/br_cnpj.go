package detect

// brCNPJ finds Brazilian tax numbers of companies, which for one-man companies lead to
// the person: twelve digits, or from July 2026 on digits and capitals, and two check
// digits modulo 11, for which a letter counts as its code less that of zero (Receita
// Federal, Instrução Normativa 2229/2024).
var brCNPJ = identifier(&Detector{
	Name:      "br_cnpj",
	Summary:   "Brazilian tax number of a company (CNPJ), bare only with context",
	Evidence:  "two check digits modulo 11, which 1.1 % of random candidates have; without dots only with context",
	Packs:     []string{"latam"},
	context:   words(`cnpj cnpjs cpfcnpj numerocnpj pessoajuridica`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("16.727" + ".230/0001" + "-97") },
}, validCNPJ,
	spelling{"XX.XXX.XXX/XXXX-99", Likely}, spelling{"XXXXXXXX/XXXX-99", Likely},
	spelling{"XXXXXXXXXXXX99", Possible})

func validCNPJ(id ident) bool {
	return !allSame(string(id.text())) && id.digit(12) == elevenLess(id.text(), 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2) &&
		id.digit(13) == elevenLess(id.text(), 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
}
