package detect

// usList are the detectors of government and health identifiers of the
// United States, and those that
// the packs of several regions have in common.
var usList = []*Detector{
	usSSN,
	usITIN,
	usEIN,
	usDEA,
	usNPI,
	usMBI,
	passportNumber,
	driverLicence,
	medicalRecordNumber,
	healthInsuranceID,
	healthDiagnosis,
}
