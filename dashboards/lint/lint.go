package lint

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Severity is how bad a finding is.
type Severity string

// Severities. An error is wrong wherever the dashboard is shown; a warning misleads or
// breaks somewhere; a hint is what readers miss.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Hint    Severity = "hint"
)

// Severities are all, the worst first.
func Severities() []Severity { return []Severity{Error, Warning, Hint} }

// AtLeast reports whether s is as bad as the other, or worse.
func (s Severity) AtLeast(other Severity) bool {
	return slices.Index(Severities(), s) <= slices.Index(Severities(), other)
}

// Rule is one thing that is looked for.
type Rule struct {
	ID       string   `json:"id"`
	Severity Severity `json:"severity"`
	// About is what a finding means, in one sentence.
	About string `json:"about"`
}

// Finding is a fault of a dashboard.
type Finding struct {
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Severity Severity `json:"severity"`
	Rule     string   `json:"rule"`
	// Panel is the title of the panel; empty where it is not about one, or has none.
	Panel string `json:"panel,omitempty"`
	// Path is the place in the JSON, such as panels[2].title; empty for all of it.
	Path    string `json:"path,omitempty"`
	Message string `json:"message"`
}

// String is the finding in one line, in the manner of compilers.
func (f Finding) String() string {
	where := f.Path
	if f.Panel != "" {
		where = fmt.Sprintf("panel %q, %s", f.Panel, f.Path)
	}
	if where != "" {
		where += ": "
	}
	return fmt.Sprintf("%s:%d:%d: %s: %s%s (%s)", f.File, f.Line, f.Column, f.Severity, where, f.Message, f.Rule)
}

// Dashboard returns what is to be said about a dashboard, in the order of its text. File
// is its name in the findings.
func Dashboard(file string, text []byte) []Finding {
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // which editors of Windows write
	l := &linter{file: file, text: text}
	root, err := parse(text)
	var where *placed
	switch {
	case errors.As(err, &where):
		l.report("json", &node{offset: where.offset}, "", "%s", where.message)
		return l.found
	case err != nil:
		l.report("json", root, "", "%s", err)
		return l.found
	}
	d, err := read(root)
	if err != nil {
		l.report("schema", root, "", "%s", err)
		return l.found
	}
	l.header(d)
	l.layout(d)
	l.elements(d)
	for _, title := range d.rows {
		l.unknown(d, title, "")
	}
	for _, p := range d.panels {
		l.panel(p)
		l.unknown(d, p.titleAt, p.title)
		l.colors(p)
		for _, q := range p.queries {
			l.query(d, p, q)
		}
	}
	slices.SortStableFunc(l.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Rule, b.Rule))
	})
	return l.found
}

type linter struct {
	file  string
	text  []byte
	found []Finding
}

// report adds a finding about a value of the JSON.
func (l *linter) report(rule string, about *node, panel, format string, args ...any) {
	r := rules[slices.IndexFunc(rules, func(r Rule) bool { return r.ID == rule })]
	f := Finding{File: l.file, Line: 1, Column: 1, Severity: r.Severity, Rule: rule, Panel: panel, Message: fmt.Sprintf(format, args...)}
	if about != nil {
		f.Path = about.path
		f.Line, f.Column = position(l.text, about.offset)
	}
	l.found = append(l.found, f)
}
