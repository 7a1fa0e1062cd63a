package detect

import (
	"slices"
	"strings"
)

// The samples of the identifiers are their look-alikes, under the names of the
// detectors without underscores: {{brcpf}} as it is written, {{brcpf.bare}} without
// separators, and the same with the last character one higher, so that the check
// fails: {{brcpf.bad}}, {{brcpf.badbare}}.
func init() {
	moreFakes = append(moreFakes, func() map[string]string {
		all := map[string]string{}
		for _, d := range slices.Concat(usList, ukList, euList, latamList, apacList) {
			name, id := strings.ReplaceAll(d.Name, "_", ""), d.Sample().Secret
			all[name], all[name+".bare"] = id, compactID(id)
			all[name+".bad"], all[name+".badbare"] = oneHigher(id), oneHigher(compactID(id))
			all[name+".small"] = strings.ToLower(id)
			// With the spaces and hyphens of Unicode.
			all[name+".wide"] = strings.NewReplacer("-", "\u2011", " ", "\u00a0").Replace(id)
		}
		all["cnpjletters"] = "12.ABC" + ".345/" + "01DE-35"
		all["ssnspecimen"] = "078" + "-05-" + "1120"
		all["ssnsame"], all["ssnadvertised"] = strings.Repeat("2", 3)+"-22-"+strings.Repeat("2", 4), "987"+"-65-"+"4321"
		all["nircorsica"] = "1 84 12 2A 451 089 " + "33"
		return all
	})
}

// oneHigher returns the number with its last digit or letter one higher.
func oneHigher(id string) string {
	last := strings.LastIndexFunc(id, func(r rune) bool { return r != ')' })
	next := id[last] + 1
	switch id[last] {
	case '9':
		next = '0'
	case 'Z':
		next = 'A'
	}
	return id[:last] + string(next) + id[last+1:]
}
