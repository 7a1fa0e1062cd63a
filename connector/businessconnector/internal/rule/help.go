package rule

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// help is the text of a metric: that of its declaration, or what can be told from the
// rest of it.
func (m *Metric) help() string {
	if m.Description != "" {
		return m.Description
	}
	what := map[Type]string{
		Counter:   "Number",
		Sum:       "Sum of " + m.Value,
		Distinct:  "Different values of " + m.Value + ", in a rolling window,",
		Gauge:     "Last value of " + m.Value,
		Histogram: "Distribution of " + m.Value,
	}[m.Type]
	text := what + " of " + m.sources()
	if where := m.conditions(); where != "" {
		text += " with " + where
	}
	return strings.Join(strings.Fields(text), " ") + "."
}

// sources names what the metric is from.
func (m *Metric) sources() string {
	words := map[string]string{"events": "span events", "logs": "log records"}
	var all []string
	for _, from := range m.From {
		if word := words[from]; word != "" {
			from = word
		}
		all = append(all, from)
	}
	return strings.Join(all, " and ")
}

// conditions tells the values that are wanted, and of other conditions only the field.
func (m *Metric) conditions() string {
	var all []string
	for _, field := range slices.Sorted(maps.Keys(m.Where)) {
		if v, ok := viewScalar(m.Where[field]); ok {
			field = fmt.Sprintf("%s %s", field, v.canonical())
		} else {
			field += " as declared"
		}
		all = append(all, field)
	}
	return strings.Join(all, ", ")
}
