package rule

// Index finds the rules that a record matches without asking all of them: most
// rules want one value of one field (the name of an event or of a span), so each
// such field is read once and only the rules of its value are asked.
type Index struct {
	sources [SourceCount]sourceIndex
}

// sourceIndex are the rules of one source.
type sourceIndex struct {
	fields []fieldIndex
	rest   []*Rule // that no field finds
}

type fieldIndex struct {
	field Field
	rules map[string][]*Rule // by the value of the field
}

// NewIndex makes the index of the rules.
func NewIndex(rules []*Rule) *Index {
	index := &Index{}
	for _, r := range rules {
		for s := range index.sources {
			if r.from[s] {
				index.sources[s].add(r)
			}
		}
	}
	return index
}

func (s *sourceIndex) add(r *Rule) {
	c := r.selective()
	if c == nil {
		s.rest = append(s.rest, r)
		return
	}
	var found *fieldIndex
	for i := range s.fields {
		if s.fields[i].field == c.field {
			found = &s.fields[i]
		}
	}
	if found == nil {
		s.fields = append(s.fields, fieldIndex{c.field, map[string][]*Rule{}})
		found = &s.fields[len(s.fields)-1]
	}
	for _, text := range c.texts() {
		found.rules[text] = append(found.rules[text], r)
	}
}

// selective is the condition by which the rule is found: names before attributes,
// which take longer to read and are more often the same.
func (r *Rule) selective() *condition {
	var best *condition
	for i := range r.conditions {
		c := &r.conditions[i]
		if c.texts() == nil {
			continue
		}
		if c.field.place == spanName || c.field.place == eventName {
			return c
		}
		if best == nil {
			best = c
		}
	}
	return best
}

// Has reports whether any rule looks at the source.
func (x *Index) Has(s Source) bool {
	return len(x.sources[s].fields) > 0 || len(x.sources[s].rest) > 0
}

// Match appends the rules that the record matches, services apart.
func (x *Index) Match(r *Record, matches []*Rule) []*Rule {
	s := &x.sources[r.source]
	for i := range s.fields {
		f := &s.fields[i]
		v := f.field.Read(r)
		if !v.HasText() {
			continue
		}
		var candidates []*Rule
		if text, ok := v.Text(); ok {
			candidates = f.rules[text]
		} else {
			candidates = f.rules[string(v.AppendText(r.scratch[:0]))]
		}
		matches = appendMatching(matches, candidates, r)
	}
	return appendMatching(matches, s.rest, r)
}

func appendMatching(matches, candidates []*Rule, r *Record) []*Rule {
next:
	for _, rule := range candidates {
		for i := range rule.conditions {
			if !rule.conditions[i].holds(r) {
				continue next
			}
		}
		matches = append(matches, rule)
	}
	return matches
}
