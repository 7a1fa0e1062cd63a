package detect

// healthInsuranceID finds the numbers of members of health plans, under their keys
// (45 CFR 164.514 (b)(2), health plan beneficiary numbers).
var healthInsuranceID = &Detector{
	Name:      "health_insurance_id",
	Summary:   "health insurance or beneficiary number under its key",
	Evidence:  "key only",
	Packs:     []string{"hipaa"},
	keys:      words(`healthinsuranceid healthinsurancenumber healthplanid healthplannumber insuranceid insurancenumber insurancememberid insurancepolicynumber beneficiaryid beneficiarynumber medicareid medicarenumber medicaidid medicaidnumber hicn`),
	under:     identifierUnder,
	canonical: compactID,
	sample: func() Sample {
		id := "XYZ" + "900100200"
		return Sample{Key: "insurance_member_id", Text: id, Secret: id}
	},
}
