package detect

import "slices"

// Group is a part of the built-in detectors, for documentation.
type Group struct {
	Name      string
	Detectors []*Detector
}

// Groups returns the built-in detectors in groups. Each is in one of them.
func Groups() []Group {
	return []Group{
		{"Credentials by structure", slices.Clone(structuralList)},
		{"Credentials by format", slices.Concat(credentialList, vendorList)},
		{"Financial", slices.Clone(financialList)},
		{"Contact, network and people", slices.Clone(contactList)},
		{"Government identifiers", slices.Concat(usList, ukList, euList, latamList, apacList)},
	}
}
