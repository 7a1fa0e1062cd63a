package detect

// coNIT finds Colombian tax numbers, which for persons are their identity numbers:
// nine or ten digits and a check digit modulo 11 with primes as weights (DIAN, Orden
// Administrativa 4 of 1989).
var coNIT = identifier(&Detector{
	Name:      "co_nit",
	Summary:   "Colombian tax number (NIT)",
	Evidence:  "check digit modulo 11, which 10.5 % of random numbers have; needs context",
	Packs:     []string{"latam"},
	context:   words(`nit nits numeronit cedulaciudadania cedula cedulas rutdian`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("NIT", "213.123"+".432"+"-1") },
}, validNIT,
	spelling{"999.999.999-9", Possible}, spelling{"999999999-9", Possible},
	spelling{"9.999.999.999-9", Possible}, spelling{"9999999999-9", Possible},
	spelling{"9999999999", Possible})

func validNIT(id ident) bool {
	sum := 0
	for i, w := range [...]int{3, 7, 13, 17, 19, 23, 29, 37, 41, 43} {
		if at := id.n - 2 - i; at >= 0 {
			sum += w * id.digit(at)
		}
	}
	return id.chars[id.n-1] == "01987654321"[sum%11]
}
