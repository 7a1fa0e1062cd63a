package detect

// brCPF finds Brazilian tax numbers of persons: nine digits and two check digits
// modulo 11 (Receita Federal, Instrução Normativa 1548/2015).
var brCPF = identifier(&Detector{
	Name:      "br_cpf",
	Summary:   "Brazilian tax number of a person (CPF), bare only with context",
	Evidence:  "two check digits modulo 11, which 1.1 % of random numbers have; without dots only with context",
	Packs:     []string{"latam"},
	context:   words(`cpf cpfs cpfcnpj numerocpf pessoasfisicas cadastropessoa`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("390.533" + ".447-" + "05") },
}, validCPF,
	spelling{"999.999.999-99", Likely}, spelling{"999999999-99", Likely},
	spelling{"99999999999", Possible})

func validCPF(id ident) bool {
	return !allSame(string(id.text())) && id.digit(9) == elevenLess(id.text(), 10, 9, 8, 7, 6, 5, 4, 3, 2) &&
		id.digit(10) == elevenLess(id.text(), 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)
}
