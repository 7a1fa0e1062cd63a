package matrix

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var (
	// index is the place of an element in a list.
	index = regexp.MustCompile(`\[\d+\]`)
	// batch is what stands around the records of every signal, and the oneofs
	// that OTLP has for the types of metrics.
	batch = regexp.MustCompile(`^Resource(?:Spans|Logs|Metrics)\.(?:Scope(?:Spans|Logs|Metrics)\.)?(?:Spans\.|LogRecords\.|Metrics\.)?(?:Data\.(?:Gauge|Sum|Histogram|ExponentialHistogram|Summary)\.)?`)
	// kinds names the variants of a value, by the last step of its path.
	kinds = map[string]string{
		"StringValue": "text", "BytesValue": "bytes", "IntValue": "integer", "DoubleValue": "double", "Key": "key",
	}
)

// records is what the records of a signal are called.
var records = map[string]string{"traces": "span", "logs": "log record", "metrics": "metric"}

// shape returns path without the places in lists: slots of one shape are reached
// alike. The type of a metric belongs to the shape.
func shape(path string) string { return index.ReplaceAllString(path, "") }

// row returns the name of the row for the slots of a shape: where they are, and
// of what kind. Resources and scopes are the same in all signals; the types of
// metrics do not make rows of their own.
func row(signal, shape string) (place, kind string) {
	rest := batch.ReplaceAllString(shape, "")
	switch {
	case rest == "SchemaUrl" && strings.Contains(shape, ".Scope"):
		rest = "Scope.SchemaUrl"
	case rest == "SchemaUrl":
		rest = "Resource.SchemaUrl"
	}
	steps := strings.Split(rest, ".")
	kind, isAttribute := kinds[steps[len(steps)-1]]
	if !isAttribute {
		kind = "text"
	} else if end := slices.IndexFunc(steps, isAttributeStep); end >= 0 {
		steps = steps[:end]
	}
	if strings.Contains(rest, ".ArrayValue.") || strings.Contains(rest, ".KvlistValue.") {
		kind = "nested " + kind
	}
	if steps[0] != "Resource" && steps[0] != "Scope" {
		return records[signal] + ", " + words(strings.Join(steps, ".")), kind
	}
	return words(strings.Join(steps, ".")), kind
}

// isAttributeStep reports whether step goes from an attribute, or from a body,
// to what is in it.
func isAttributeStep(step string) bool { return step == "Value" || step == "Key" }

// words returns path, which is in Go's notation, as words: "DataPoints.Attributes"
// becomes "data points, attributes".
func words(path string) string {
	var b strings.Builder
	for i, r := range path {
		switch {
		case r == '.':
			b.WriteString(", ")
		case unicode.IsUpper(r) && i > 0 && path[i-1] != '.':
			b.WriteByte(' ')
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
