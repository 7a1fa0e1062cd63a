// Package corpus holds the text by which scrubbing is judged, written without
// a look at the detectors: [Secrets] are examples that others published, each
// with the source it was taken from, and [Lines] are ordinary service logs
// that hold nothing sensitive. Recall is measured on the first, false findings
// on the second; a benchmark made from the rules it measures would be circular.
//
// The repository holds no text that looks like a secret. In the files under
// secrets every example is interrupted by the sign "¦", which [Secrets] takes
// out. The values of [Lines] are drawn when it is called.
package corpus

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed secrets/*.txt
var secretFiles embed.FS

// An Example is a text with one secret in it.
type Example struct {
	// Kind is the row of the table of detectors the secret belongs to, such as
	// "payment_card" or "github". Two kinds are outside of the table:
	// "assigned" is a secret that only the name it is assigned to gives away,
	// and "vendor_other" a token of a vendor the table does not name.
	Kind string
	// Source says where the example was published. One that was composed in
	// the form a document gives, because the document shows none in full, says so.
	Source string
	// Key is the name of the attribute whose value the text is, or empty when
	// the text stands for itself.
	Key string
	// Text is the whole text.
	Text string
	// Secret is the part of Text that must not survive. It may span lines: to
	// break its first byte is not enough, no long piece of it may be left.
	Secret string
}

// Secrets returns every example, in the order of the files. The slice is the
// caller's. It panics when an embedded file is malformed, with every problem.
func Secrets() []Example {
	examples, err := parseAll(secretFiles)
	if err != nil {
		panic(err)
	}
	return examples
}

// parseAll reads every file of the directory secrets and reports all problems
// at once.
func parseAll(files fs.FS) ([]Example, error) {
	names, err := fs.Glob(files, "secrets/*.txt")
	if err != nil {
		return nil, err
	}
	var (
		examples []Example
		problems []error
	)
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		found, err := parse(path.Base(name), string(data))
		examples = append(examples, found...)
		problems = append(problems, err)
	}
	return examples, errors.Join(problems...)
}

// cut is the sign that interrupts a secret in the files, and the words around
// it where they would do, so that no scanner of the repository takes it for one.
const cut = "¦"

// parse reads paragraphs of "name: value" lines. The text goes on in lines that
// begin with "|"; of those, one following space is dropped too. The secret
// stands in double braces.
func parse(file, data string) ([]Example, error) {
	var (
		examples []Example
		problems []error
		current  Example
		begun    int // line of the paragraph's beginning, 0 between paragraphs
	)
	finish := func() {
		if begun == 0 {
			return
		}
		if err := current.complete(); err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %w", file, begun, err))
		} else {
			examples = append(examples, current)
		}
		current, begun = Example{}, 0
	}
	for i, line := range strings.Split(data, "\n") {
		if line == "" {
			finish()
			continue
		}
		if begun == 0 {
			begun = i + 1
		}
		if err := current.set(line); err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %w", file, i+1, err))
		}
	}
	finish()
	return examples, errors.Join(problems...)
}

// set takes in one line of a paragraph.
func (e *Example) set(line string) error {
	if more, ok := strings.CutPrefix(line, "|"); ok {
		e.Text += "\n" + strings.TrimPrefix(more, " ")
		return nil
	}
	name, value, ok := strings.Cut(line, ": ")
	if !ok {
		return fmt.Errorf("line %q is not of the form \"name: value\"", line)
	}
	switch name {
	case "kind":
		e.Kind = value
	case "source":
		e.Source = value
	case "key":
		e.Key = value
	case "text":
		e.Text = value
	default:
		return fmt.Errorf("unknown name %q; allowed are kind, source, key and text", name)
	}
	return nil
}

// complete takes the marks out of the text and checks that nothing is missing.
func (e *Example) complete() error {
	before, rest, opened := strings.Cut(e.Text, "{{")
	secret, after, closed := strings.Cut(rest, "}}")
	switch {
	case e.Kind == "", e.Source == "", e.Text == "":
		return errors.New("a paragraph needs a kind, a source and a text")
	case !opened, !closed:
		return fmt.Errorf("text %q marks no secret with double braces", e.Text)
	case !strings.Contains(secret, cut):
		return fmt.Errorf("secret of kind %q is not interrupted by %q", e.Kind, cut)
	}
	e.Secret = strings.ReplaceAll(secret, cut, "")
	e.Text = strings.ReplaceAll(before, cut, "") + e.Secret + strings.ReplaceAll(after, cut, "")
	return nil
}
