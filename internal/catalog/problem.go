package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with a services file.
type Problem struct {
	File string
	// Line and Column count from 1, columns in characters.
	Line, Column int
	// Path is the key path, such as services[1].thresholds.error_ratio; empty
	// when the file as a whole is wrong.
	Path string
	// Got is what the file has there, Allowed what it may have.
	Got, Allowed string
	// Hint is what was probably meant; usually empty.
	Hint string
}

// String is the line that people read:
//
//	services.yaml:12:7: services[1].tier: got "Critical", allowed: critical, important or non-critical; did you mean "critical"?
func (p Problem) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d: ", p.File, p.Line, p.Column)
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	fmt.Fprintf(&b, "got %s, allowed: %s", p.Got, p.Allowed)
	if p.Hint != "" {
		fmt.Fprintf(&b, "; did you mean %q?", p.Hint)
	}
	return b.String()
}

// Problems are all that is wrong with one file, sorted by position. It is the
// error that [Parse] returns.
type Problems []Problem

// Error has one problem per line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

func (p Problems) sort() {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}
