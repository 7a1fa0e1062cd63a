package detect

import "slices"

// Packs returns the names of the opt-in packs: groups of detectors that are off
// until a policy asks for them, because elsewhere they would find too much.
func Packs() []string {
	var names []string
	for _, d := range Builtin() {
		names = append(names, d.Packs...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Select returns the built-in detectors that are on by default, and those of the
// packs.
func Select(packs ...string) []*Detector {
	return slices.DeleteFunc(Builtin(), func(d *Detector) bool {
		return !d.OnByDefault() && !slices.ContainsFunc(d.Packs, func(p string) bool { return slices.Contains(packs, p) })
	})
}

// Builtin returns all built-in detectors. The order decides nothing but which of
// two equal findings gives its name.
func Builtin() []*Detector {
	return slices.Concat(structuralList, credentialList, vendorList, financialList, contactList, usList, euList, ukList, latamList, apacList)
}

// structuralList are the detectors that read what is around a value: its key, its
// place in a URL, in a header, in a query.
var structuralList = []*Detector{
	privateKeyPEM,
	httpAuthorization,
	urlUserinfo,
	secretAssignment,
	queryLiteral,
	httpCookie,
	urlParameter,
	base64Text,
	commandLine,
	quotedPair,
	formPart,
	constraintValue,
	connectionString,
	oneTimeCode,
	magicLink,
	sqlPassword,
	messageBody,
}
