package detect

// medicalRecord finds what HIPAA calls identifiers of a patient, and diagnoses,
// under their keys. Each institution has numbers of its own.
var medicalRecord = &Detector{
	Name:     "medical_record",
	Summary:  "medical record, patient, member and insurance numbers, and diagnoses, under their key",
	Evidence: "a key that names a patient's record, insurance or diagnosis",
	Packs:    []string{"hipaa"},
	keys: words(`mrn medicalrecord medicalrecordnumber medicalrecordno patientid patientnumber patientno patientmrn
		insuranceid insurancenumber insurancepolicy insurancepolicynumber healthplanid healthplannumber healthinsurancenumber healthinsuranceid memberid subscriberid beneficiaryid groupnumber
		diagnosis diagnoses diagnosiscode icd icdcode icdcodes prescription prescriptionid prescriptionnumber rxnumber medication medications procedurecode labresult bloodtype allergies`),
	under:     wholeIf(func(value string) bool { return worded(value) && !raftMember(value) }),
	canonical: trimmedLower,
	sample:    func() Sample { return Sample{Key: "patient.mrn", Text: "MRN-" + "0047113", Secret: "0047113"} },
}

// raftMember reports whether a value is the number of a member of a cluster, which
// has the same key: 13 to 16 hexadecimal digits.
func raftMember(value string) bool {
	const shortest, longest = 13, 16
	if len(value) < shortest || len(value) > longest || madeOf(value, isDigit, "") {
		return false
	}
	for i := range len(value) {
		if !hexByte(value[i]) {
			return false
		}
	}
	return true
}
