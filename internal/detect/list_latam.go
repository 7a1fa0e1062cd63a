package detect

// latamList are the detectors of government and health identifiers of the
// Americas outside of the United States.
var latamList = []*Detector{
	caSIN,
	brCPF,
	brCNPJ,
	mxCURP,
	mxRFC,
	arCUIT,
	clRUT,
	coNIT,
	peDNI,
	peRUC,
	uyCI,
	ecCI,
	veRIF,
}
