package detect

// ukList are the detectors of government and health identifiers of the
// United Kingdom.
var ukList = []*Detector{
	ukNINO,
	ukNHS,
	ukUTR,
}
