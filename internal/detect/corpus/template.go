package corpus

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
)

// A part appends something to a line: a fixed text, or a value drawn from r.
type part func(line []byte, r *rand.Rand) []byte

// A template is a line with values to be drawn.
type template []part

func (t template) append(line []byte, r *rand.Rand) []byte {
	for _, p := range t {
		line = p(line, r)
	}
	return line
}

// lists are the named lists of alternatives, each alternative a template.
type lists map[string][]template

// define takes in a line "name = one|another"; an alternative may use the
// lists above it.
func (l lists) define(line string) error {
	name, alternatives, ok := strings.Cut(line, " = ")
	if !ok {
		return fmt.Errorf("line %q is not of the form \"name = one|another\"", line)
	}
	if _, ok := l[name]; ok {
		return fmt.Errorf("list %q is defined twice", name)
	}
	for alternative := range strings.SplitSeq(alternatives, "|") {
		t, err := l.compile(alternative)
		if err != nil {
			return err
		}
		l[name] = append(l[name], t)
	}
	return nil
}

// compile reads a line in which a value stands in angle quotation marks: a kind
// of value with its argument as in ‹int 1 99›, alternatives as in ‹a|b›, or the
// name of a list. The marks are ones that no log uses, so that braces are free.
//
// It reports every mistake of the line.
func (l lists) compile(line string) (template, error) {
	var (
		t        template
		problems []string
	)
	for line != "" {
		text, rest, found := strings.Cut(line, "‹")
		if text != "" {
			t = append(t, fixed(text))
		}
		if !found {
			break
		}
		value, after, closed := strings.Cut(rest, "›")
		if !closed {
			problems = append(problems, fmt.Sprintf("‹%s is not closed by ›", rest))
			break
		}
		p, err := l.value(value)
		if err != nil {
			problems = append(problems, fmt.Sprintf("‹%s›: %v", value, err))
		}
		t = append(t, p)
		line = after
	}
	if len(problems) > 0 {
		return nil, errors.New(strings.Join(problems, "; "))
	}
	return t, nil
}

// value finds what stands between the marks.
func (l lists) value(value string) (part, error) {
	if strings.Contains(value, "|") {
		words := strings.Split(value, "|")
		return func(line []byte, r *rand.Rand) []byte {
			return append(line, words[r.IntN(len(words))]...)
		}, nil
	}
	if alternatives, ok := l[value]; ok {
		return func(line []byte, r *rand.Rand) []byte {
			return alternatives[r.IntN(len(alternatives))].append(line, r)
		}, nil
	}
	name, argument, _ := strings.Cut(value, " ")
	build, ok := kinds[name]
	if !ok {
		return nil, fmt.Errorf("%q is neither a kind of value nor a list defined above", name)
	}
	return build(argument)
}

func fixed(text string) part {
	return func(line []byte, _ *rand.Rand) []byte { return append(line, text...) }
}
