package detect

// medicalRecordNumber finds the numbers that hospitals give to patients and their
// records, under their keys: each hospital has a form of its own (45 CFR 164.514 (b)
// (2) lists them among the identifiers of a patient).
var medicalRecordNumber = &Detector{
	Name:      "medical_record_number",
	Summary:   "medical record or patient number under its key",
	Evidence:  "key only",
	Packs:     []string{"hipaa"},
	keys:      words(`mrn mrns medicalrecord medicalrecordno medicalrecordnumber medicalrecordid patientid patientno patientnumber patientidentifier patientmrn`),
	under:     identifierUnder,
	canonical: compactID,
	sample: func() Sample {
		id := "MR" + "0012345"
		return Sample{Key: "patient.mrn", Text: id, Secret: id}
	},
}
