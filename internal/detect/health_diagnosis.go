package detect

// healthDiagnosis finds what a patient suffers from, under its keys: codes and words.
var healthDiagnosis = &Detector{
	Name:     "health_diagnosis",
	Summary:  "diagnosis of a patient under its key",
	Evidence: "key only",
	Packs:    []string{"hipaa"},
	keys:     words(`diagnosis diagnoses diagnosiscode diagnosiscodes diagnosistext icdcode icdcodes icddiagnosis medicalcondition medicalconditions healthcondition`),
	under: func(_ KeyClass, value string) (Finding, bool) {
		return Finding{End: len(value), Confidence: Likely}, reveals(value)
	},
	sample: func() Sample { return Sample{Key: "patient.diagnosis", Text: "E11.9", Secret: "E11.9"} },
}
