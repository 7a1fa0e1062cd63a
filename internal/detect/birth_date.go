package detect

// birthDate finds dates of birth under their keys. Any date may be one, so that
// in prose none is found.
var birthDate = &Detector{
	Name:     "birth_date",
	Summary:  "date of birth under its key: dob, date_of_birth, birthday",
	Evidence: "a key that names a birth, and a value with four digits or more; found under keys only, never in prose",
	keys: words(`dob dateofbirth birthdate birthday birthyear yearofbirth dayofbirth birthdatetime geburtsdatum datenaissance fechanacimiento
		userdob patientdob customerdob`),
	under: wholeIf(func(value string) bool { return digitCount(value, 4) == 4 }),
	sample: func() Sample {
		const date = "1990-" + "01-31"
		return Sample{Key: "patient.date_of_birth", Text: date, Secret: date}
	},
}
