package detect

// clRUT finds Chilean identity and tax numbers: seven or eight digits and a check
// character modulo 11, K for ten (Servicio de Registro Civil, DFL 3 of 1969).
var clRUT = identifier(&Detector{
	Name:      "cl_rut",
	Summary:   "Chilean identity and tax number (RUT, RUN)",
	Evidence:  "check character modulo 11, which 9.3 % of random numbers have; needs context",
	Packs:     []string{"latam"},
	context:   words(`rut ruts rutrun rolunico rutcliente numerorut`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("RUT", "12.531"+".909"+"-2") },
}, validRUT,
	spelling{"99.999.999-X", Possible}, spelling{"9.999.999-X", Possible},
	spelling{"99999999-X", Possible}, spelling{"9999999-X", Possible}, spelling{"99999999X", Possible})

func validRUT(id ident) bool {
	sum := 0
	for i := range id.n - 1 {
		sum += id.digit(id.n-2-i) * (i%6 + 2)
	}
	return id.chars[id.n-1] == "0K987654321"[sum%11]
}
