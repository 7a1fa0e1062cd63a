package detect

// esDNI finds Spanish identity numbers: eight digits and a letter that is their
// remainder by 23 (Real Decreto 1553/2005, Ministerio del Interior).
var esDNI = identifier(&Detector{
	Name:      "es_dni",
	Summary:   "Spanish national identity number (DNI)",
	Evidence:  "check letter modulo 23, which 4.3 % of random candidates have; needs context",
	Packs:     []string{"eu"},
	context:   words(`dni dnis nif documento documentonacional numerodni dninie`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("DNI", "1234"+"5678"+"Z") },
}, validDNI,
	spelling{"99999999A", Possible}, spelling{"99999999-A", Possible}, spelling{"99.999.999-A", Possible},
	spelling{"99999999 A", Possible})

func validDNI(id ident) bool { return id.chars[8] == letter23(id.number(0, 8)) }

// letter23 is the control letter of Spanish identity numbers.
func letter23(number int) byte { return "TRWAGMYFPDXBNJZSQVHLCKE"[number%23] }
