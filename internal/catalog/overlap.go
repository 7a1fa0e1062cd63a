package catalog

// Stand-ins for a namespace, environment or container in a key. No value of telemetry begins
// with NUL: a services file cannot hold it.
const (
	unlimited = "\x00unlimited" // of an entry that names none and governs all
	whatever  = "\x00whatever"  // of every entry, whatever it names
)

// series is a set of series: those of a service in a namespace and environment.
type series struct{ name, namespace, environment string }

// overlaps finds, for an entry, an earlier one that governs some of the same
// series, without comparing every two: a file may have thousands.
type overlaps map[series]int

// add registers an entry by its index, under every set of series that later
// entries ask for.
func (o overlaps) add(index int, s Service) {
	for _, namespace := range []string{limit(s.Namespace), whatever} {
		for _, environment := range append(each(s.Environments), whatever) {
			key := series{s.Name, namespace, environment}
			if _, taken := o[key]; !taken {
				o[key] = index
			}
		}
	}
}

// first returns the index of the first entry that governs a series which s
// governs too.
func (o overlaps) first(s Service) (index int, found bool) {
	for _, namespace := range meeting(limit(s.Namespace)) {
		for _, one := range each(s.Environments) {
			for _, environment := range meeting(one) {
				if i, ok := o[series{s.Name, namespace, environment}]; ok && (!found || i < index) {
					index, found = i, true
				}
			}
		}
	}
	return index, found
}

// meeting are the keys of the entries that an entry with this one meets: of all
// where it is unlimited, else of those that name the same or are unlimited.
func meeting(value string) []string {
	if value == unlimited {
		return []string{whatever}
	}
	return []string{value, unlimited}
}

func limit(namespace string) string {
	if namespace == "" {
		return unlimited
	}
	return namespace
}

func each(environments []string) []string {
	if len(environments) == 0 {
		return []string{unlimited}
	}
	return environments[:len(environments):len(environments)] // add appends
}
