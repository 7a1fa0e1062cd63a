package detect

// How far, in bytes, positive context is looked for around a candidate.
const (
	contextLeft  = 48
	contextRight = 24
)

// mentions reports whether one of the words stands near text[start:end].
func mentions(text string, start, end int, set map[string]bool) bool {
	return anyWord(text[max(0, start-contextLeft):start], set) ||
		anyWord(text[end:min(len(text), end+contextRight)], set)
}

func anyWord(text string, set map[string]bool) bool {
	previous := ""
	for w := range splitWords(text) {
		if set[w] || set[previous+w] {
			return true
		}
		previous = w
	}
	return false
}

// fillers stand between a label and its value: "order no. 17", "trace id 17".
var fillers = words(`id ids no nr num number is was ref key hash`)

// labelled reports whether the word right before start, fillers aside, is one of
// the set: the value's own label, as in order_id=17 or "block 17". Words further
// left do not count: "order paid with 4111..." labels nothing.
func labelled(text string, start int, set map[string]bool) bool {
	label := ""
	for w := range splitWords(text[max(0, start-contextLeft/2):start]) {
		if !fillers[w] {
			label = w
		}
	}
	return set[label]
}

// weigh moves a confidence by what the key and the text around a candidate say.
// Positive context outweighs negative.
func weigh(c candidate, start, end int, base Confidence, positive KeyClass, set map[string]bool) Confidence {
	switch {
	case c.key&positive != 0 || mentions(c.text, start, end, set):
		return base.raised()
	case c.key&keyNeutral != 0 || labelled(c.text, start, neutralWords):
		return base.lowered()
	}
	return base
}
