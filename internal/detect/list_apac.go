package detect

// apacList are the detectors of government and health identifiers of
// Asia, the Pacific and Africa.
var apacList = []*Detector{
	inAadhaar,
	inPAN,
	inGSTIN,
	cnRIC,
	jpMyNumber,
	krRRN,
	sgNRIC,
	twID,
	hkHKID,
	thTNIN,
	myNRIC,
	idNIK,
	auTFN,
	auMedicare,
	auABN,
	nzIRD,
	zaID,
	trTCKN,
	ilTZ,
}
