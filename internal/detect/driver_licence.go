package detect

// driverLicence finds the numbers of driving licences under their keys. Each state
// and country has a form of its own, most without a check digit, so that nothing is
// found outside of a key.
var driverLicence = &Detector{
	Name:      "driver_licence",
	Summary:   "driving licence number under its key",
	Evidence:  "key only",
	Packs:     []string{"us", "uk", "eu", "latam", "apac"},
	keys:      words(`driverlicense driverslicense driverlicence driverslicence drivinglicence drivinglicense driverlicensenumber driverslicensenumber drivinglicencenumber dlnumber dlno fuehrerschein fuehrerscheinnummer permisconduire`),
	under:     identifierUnder,
	canonical: compactID,
	sample: func() Sample {
		id := "D1" + "23" + "4567"
		return Sample{Key: "driver_license", Text: id, Secret: id}
	},
}
