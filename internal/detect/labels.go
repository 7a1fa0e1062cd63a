package detect

// labels are what stands right before a value, where context further off would say
// too little: the last two words, joined or not, fillers aside.
func labels(list string) labelSet { return labelSet(words(list)) }

type labelSet map[string]bool

// before reports whether one of the labels stands right before i.
func (l labelSet) before(text string, i int) bool {
	var last, before, filler string
	for w := range splitWords(text[max(0, i-contextLeft):i]) {
		if fillers[w] {
			filler = w
			continue
		}
		before, last, filler = last, w, ""
	}
	return l[last] || l[before+last] || filler != "" && l[last+filler]
}
