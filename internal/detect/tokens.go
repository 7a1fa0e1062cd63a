package detect

import (
	"slices"
	"strings"
)

// form is one shape of a vendor's tokens: a literal prefix and the characters
// behind it.
type form struct {
	prefix string
	// anchors are what the scanner looks for; none for the prefix. A beginning of the
	// prefix where the rest is common in logs (see rarestWindow); the prefix and a
	// character more, for each, where it is too short.
	anchors []string
	body    alphabet
	// layout is the documented body: numbers count characters of the alphabet, what
	// stands between them is literal ("22.43").
	layout string
	// exact marks a prefix that is too short or too common to be evidence by itself:
	// the body must have the layout to its end, and digits or letters of both cases.
	// Other tokens may be longer, or cut off behind half of the layout.
	exact bool
	// before is how many characters of preceding stand before the prefix, for tokens
	// with their literal in the middle.
	before    int
	preceding alphabet
	// lead is what an example has before the prefix, where noise would not do.
	lead string
	// stays marks a prefix that is no part of the secret: the scheme before it.
	stays bool
	// valid says whether a token, prefix and all, is one; nil means yes.
	valid func(token string) bool
}

// prefixed is a form with a prefix that is evidence by itself.
func prefixed(prefix string, body alphabet, layout string) form {
	return form{prefix: prefix, body: body, layout: layout}
}

// exactly is a form with a weak prefix: the layout is the evidence.
func exactly(prefix string, body alphabet, layout string) form {
	return form{prefix: prefix, body: body, layout: layout, exact: true}
}

// by returns the form with other anchors.
func (f form) by(anchors ...string) form {
	f.anchors = anchors
	return f
}

// extended returns the prefix with each character of the alphabet behind it.
func extended(prefix string, a alphabet) []string {
	var all []string
	for c := byte('!'); c <= '~'; c++ {
		if a.has(c) {
			all = append(all, prefix+string(c))
		}
	}
	return all
}

// after returns the form for tokens whose prefix has n characters before it.
func (f form) after(n int, preceding alphabet) form {
	f.before, f.preceding = n, preceding
	return f
}

// led returns the form with what its example has before the prefix.
func (f form) led(lead string) form {
	f.lead = lead
	return f
}

// staying returns the form whose prefix stays readable.
func (f form) staying() form {
	f.stays = true
	return f
}

// where returns the form with a further condition on the token.
func (f form) where(valid func(token string) bool) form {
	f.valid = valid
	return f
}

const (
	// maxTokenLooked bounds how much of a candidate is weighed, maxTokenBody how
	// far an accepted token is followed to its end.
	maxTokenLooked = 512
	maxTokenBody   = 8192
)

// formsOf remembers what each detector was made of, for the tests.
var formsOf = map[string][]form{}

// tokens makes a detector find the forms. They are tried in their order.
func tokens(d *Detector, forms ...form) *Detector {
	formsOf[d.Name] = forms
	for i := range forms {
		f := &forms[i]
		if f.anchors == nil {
			f.anchors = []string{f.prefix}
		}
		d.anchors = append(d.anchors, f.anchors...)
	}
	slices.Sort(d.anchors)
	d.anchors = slices.Compact(d.anchors)
	d.match = func(c *candidate) (Finding, bool) {
		if c.found() {
			return Finding{}, false
		}
		for i := range forms {
			if finding, ok := forms[i].match(c); ok {
				return finding, true
			}
		}
		return Finding{}, false
	}
	if d.sample == nil {
		d.sample = func() Sample { return bareSample(forms[0].example()) }
	}
	return d
}

// found reports whether the candidate lies in what its detector found last, as
// when a token's prefix is repeated in its body.
func (c *candidate) found() bool {
	n := len(c.pass.found)
	return n > 0 && c.pass.found[n-1].Detector == c.detector && c.at < c.pass.found[n-1].End
}

// match verifies the token at the candidate.
func (f *form) match(c *candidate) (Finding, bool) {
	start, body := c.at-f.before, c.at+len(f.prefix)
	if start < 0 || !strings.HasPrefix(c.text[c.at:], f.prefix) || wordEndsAt(c.text, start) ||
		f.before > 0 && !f.preceding.all(c.text[start:c.at]) {
		return Finding{}, false
	}
	end, complete := f.end(c.text, body)
	if f.exact {
		if !complete || end < len(c.text) && (f.body.has(c.text[end]) || has(c.text[end], isAlnum)) {
			return Finding{}, false
		}
	} else {
		if !complete && 2*(end-body) < f.length() {
			return Finding{}, false
		}
		if complete {
			end = f.body.span(c.text, end, maxTokenLooked)
		}
	}
	// A full stop ends the sentence.
	for end > body && c.text[end-1] == '.' {
		end--
	}
	token := c.text[start:end]
	if !plausible(c.text[start:c.at], c.text[body:end], complete && !f.exact) || f.valid != nil && !f.valid(token) {
		return Finding{}, false
	}
	if !f.exact {
		// A part of a secret is a secret, whatever the alphabet says.
		for more := end; more < len(c.text) && more-start < maxTokenBody && (f.body.has(c.text[more]) || has(c.text[more], isWord)); {
			if more++; c.text[more-1] != '.' {
				end = more
			}
		}
	}
	if f.stays {
		start = body
	}
	return Finding{Start: start, End: end, Confidence: Certain}, true
}

// end returns how far the text at i has the layout, and whether to its end.
func (f *form) end(text string, i int) (end int, complete bool) {
	for part := range f.parts() {
		if part.count == 0 {
			if i == len(text) || text[i] != part.literal {
				return i, false
			}
			i++
			continue
		}
		stop := f.body.span(text, i, part.count)
		if stop < i+part.count {
			return stop, false
		}
		i = stop
	}
	return i, true
}

// part is a run of characters of the alphabet, or one literal.
type part struct {
	count   int
	literal byte
}

// parts yields those of the layout.
func (f *form) parts() func(yield func(part) bool) {
	return func(yield func(part) bool) {
		for i := 0; i < len(f.layout); i++ {
			n := 0
			for i < len(f.layout) && has(f.layout[i], isDigit) {
				n = n*10 + int(f.layout[i]-'0')
				i++
			}
			if n > 0 && !yield(part{count: n}) {
				return
			}
			if i < len(f.layout) && !yield(part{literal: f.layout[i]}) {
				return
			}
		}
	}
}

// length is that of the layout in characters.
func (f *form) length() int {
	n := 0
	for p := range f.parts() {
		n += max(p.count, 1)
	}
	return n
}

// example returns a look-alike of the form.
func (f *form) example() string {
	var b strings.Builder
	b.WriteString(f.lead)
	b.WriteString(f.preceding.noise(f.before - len(f.lead)))
	b.WriteString(f.prefix)
	for p := range f.parts() {
		if p.count == 0 {
			b.WriteByte(p.literal)
		}
		b.WriteString(f.body.noise(p.count))
	}
	return b.String()
}

// uuidLayout is that of RFC 9562.
const uuidLayout = "8-4-4-4-12"
