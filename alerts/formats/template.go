package formats

import (
	"regexp"
	"strings"
)

// Grafana expands templates with Prometheus' own code, and differs in two things: the
// value is a text in $value and a number in $values, by query; and a label that a
// series does not have reads [no value] instead of nothing.

var (
	// action is what stands between braces. Generated templates have no "}}" in a
	// string.
	action  = regexp.MustCompile(`\{\{.*?\}\}`)
	aValue  = regexp.MustCompile(`\$value\b`)
	ofLabel = regexp.MustCompile(`\$labels\.([A-Za-z_][A-Za-z0-9_]*)`)
)

// template translates a template of Prometheus into one of Grafana.
func template(text string) string {
	return action.ReplaceAllStringFunc(text, func(inside string) string {
		inside = aValue.ReplaceAllLiteralString(inside, "$values.A.Value")
		return ofLabel.ReplaceAllString(inside, `(index $$labels "$1")`)
	})
}

// protect keeps Grafana from taking ${NAME} and $__file{NAME} in an annotation, outside
// of actions, for something to fill in: some versions do.
func protect(text string) string {
	var b strings.Builder
	last := 0
	plain := func(s string) { b.WriteString(strings.ReplaceAll(s, "$", `{{ "$" }}`)) }
	for _, at := range action.FindAllStringIndex(text, -1) {
		plain(text[last:at[0]])
		b.WriteString(text[at[0]:at[1]])
		last = at[1]
	}
	plain(text[last:])
	return b.String()
}
