package detect

import "strings"

// veRIF finds Venezuelan tax numbers: type, eight digits, and a check digit modulo 11
// for which the type counts too (SENIAT, Providencia 0073).
var veRIF = identifier(&Detector{
	Name:      "ve_rif",
	Summary:   "Venezuelan tax number (RIF), bare only with context",
	Evidence:  "type and check digit modulo 11, which 2.2 % of random candidates have; without hyphens only with context",
	Packs:     []string{"latam"},
	context:   words(`rif rifs numerorif seniat`),
	canonical: compactID,
	sample:    func() Sample { return bareSample("V-114" + "70283" + "-4") },
}, validRIF,
	spelling{"A-99999999-9", Likely}, spelling{"A999999999", Possible}, spelling{"A99999999-9", Possible})

func validRIF(id ident) bool {
	kind := strings.IndexByte(" VEJPG", id.chars[0])
	return kind > 0 && id.chars[9] == "00987654321"[(4*kind+weighted(id.chars[1:], 3, 2, 7, 6, 5, 4, 3, 2))%11]
}
