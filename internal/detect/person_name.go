package detect

// personName finds names of people under their keys. It knows no language: in
// prose, and behind a space in an unquoted value, no name is found.
var personName = &Detector{
	Name:     "person_name",
	Summary:  "name of a person under its key: full_name, first_name, last_name, cardholder",
	Evidence: "a key that names a person's name, and a value with a letter; names are found under keys only, never in prose",
	keys: words(`fullname firstname lastname middlename surname givenname familyname maidenname forename birthname legalname
		userfullname userdisplayname customername patientname employeename contactname recipientname beneficiaryname passengername guestname
		cardholder cardholdername nameoncard accountholder accountholdername accountowner billingname shippingname
		vorname nachname prenom apellido apellidos sobrenome`),
	under:     wholeIf(lettered),
	canonical: trimmedLower,
	sample:    func() Sample { return Sample{Key: "user.full_name", Text: "Jane " + "Doe", Secret: "Doe"} },
}
