package detect

// How far, in bytes, positive context is looked for around a candidate.
const (
	contextLeft  = 48
	contextRight = 24
)

// near is what the words around a candidate say. Several detectors ask about the
// same candidate.
type near struct {
	start, end int
	context    bits
	words      [2 * maxContextWord]byte
}

// maxContextWord bounds the words that are looked up.
const maxContextWord = 32

// around returns the detectors for which the words near text[start:end] speak.
func (p *pass) around(start, end int) bits {
	n := &p.near
	if n.start != start || n.end != end {
		n.start, n.end = start, end
		n.context = p.wordsIn(max(0, start-contextLeft), start).or(p.wordsIn(end, min(len(p.text), end+contextRight)))
	}
	return n.context
}

// everywhere returns the detectors for which some word of the text speaks.
func (p *pass) everywhere() bits {
	if !p.allRead {
		p.all, p.allRead = p.wordsIn(0, len(p.text)), true
	}
	return p.all
}

// wordsIn looks up the words of text[i:end], alone and each joined with the one
// before it. It is splitWords without an allocation.
func (p *pass) wordsIn(i, end int) bits {
	var found bits
	text, buf := p.text[:end], &p.near.words
	previous := 0 // the length of the word before, which stands at the start of buf
	for i < end {
		if !has(text[i], isAlnum) {
			i = wordBreak(text, i)
			continue
		}
		start := i
		for i++; i < end && has(text[i], isAlnum) && !hump(text, i); i++ {
		}
		word := text[start:i]
		for len(word) > 1 && has(word[len(word)-1], isDigit) {
			word = word[:len(word)-1]
		}
		if len(word) > maxContextWord {
			previous = 0
			continue
		}
		for j := range len(word) {
			buf[previous+j] = lower(word[j])
		}
		both := previous + len(word)
		if p.scanner.speaks(word) {
			found = found.or(p.scanner.contexts[string(buf[previous:both])])
			if previous > 0 {
				found = found.or(p.scanner.contexts[string(buf[:both])])
			}
		}
		copy(buf[:], buf[previous:both])
		previous = len(word)
	}
	return found
}

// wordBreak returns where words may go on behind the sign at i: the letters of markers
// and of escapes (\n, \u0020) belong to none.
func wordBreak(text string, i int) int {
	if text[i] == '\\' && i+1 < len(text) {
		if _, n := escaped(text[i:]); n > 0 {
			return i + n
		}
	}
	return max(i+1, markerEnd(text, i))
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

// named reports whether the key or the text around the candidate speaks for it.
func (c *candidate) named(start, end int) bool {
	return c.key.speaksFor(c.detector) || c.pass.around(start, end).has(c.detector.bit)
}

// hopeless reports whether no word of the text and no key speaks for a candidate, so
// that without one nothing is done about it whatever its check digits say.
func (c *candidate) hopeless() bool {
	p, d := c.pass, c.detector
	return p.rules.from[d.index] > Possible && !c.key.speaksFor(d) && !p.everywhere().has(d.bit)
}

// weigh moves a confidence by what the key and the text around a candidate say.
// Positive context outweighs negative.
func (c *candidate) weigh(start, end int, base Confidence) Confidence {
	switch {
	case c.named(start, end):
		return base.raised()
	case c.key.is(keyNeutral) || labelled(c.text, start, neutralWords):
		return base.lowered()
	}
	return base
}
