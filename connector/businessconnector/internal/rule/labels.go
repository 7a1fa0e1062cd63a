package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// Labels that rules have beside those declared.
const (
	// Currency is the currency of a sum of money.
	Currency = "currency"
	// Window is the rolling window of a distinct metric, such as 5m.
	Window = "window"
)

// shortNames are the labels of attributes of the semantic conventions whose own
// names are longer than what they say on a metric of that name.
var shortNames = map[string]string{
	"feature_flag.key":            "feature",
	"feature_flag.result.variant": "variant",
	"queue.name":                  "queue",
	"messaging.destination.name":  telemetry.Destination,
	"job.name":                    telemetry.JobName,
	"span.name":                   "span_name",
}

// labels reads the labels.
func (c *compiler) labels(declared []By, from []Source) []Label {
	var all []Label
	for i, by := range declared {
		key := fmt.Sprintf("by[%d]", i)
		c.unknownKeys(key, by.Unknown, []string{"label", "attribute", "values"})
		field, err := c.field(by.Attribute, from)
		switch {
		case err != nil:
			c.report(key, err.Error())
			continue
		case field.place == logBody:
			c.report(key, "got \"body\", which has more values than labels may have, allowed: an attribute or another field")
		}
		l := Label{Name: by.Label, field: field}
		if l.Name == "" {
			l.Name = labelName(field)
		}
		if by.Values != nil {
			c.values(key+".values", by.Values, &l)
		} else if names := field.names(); names != nil {
			l.Values = names
		}
		c.labelName(key, l.Name)
		if slices.ContainsFunc(all, func(other Label) bool { return other.Name == l.Name }) {
			c.report(key, fmt.Sprintf("got the label %s again, allowed: once", l.Name))
		}
		all = append(all, l)
	}
	return all
}

// values reads the allow-list of a label.
func (c *compiler) values(key string, given []any, l *Label) {
	l.Values = c.list(key, given)
	l.allowed = map[string]struct{}{}
	for i, text := range l.Values {
		if _, twice := l.allowed[text]; twice {
			c.report(fmt.Sprintf("%s[%d]", key, i), fmt.Sprintf("got %q again, allowed: once", text))
		}
		if names := l.field.names(); names != nil {
			c.nameBit(fmt.Sprintf("%s[%d]", key, i), text, names)
		}
		l.allowed[text] = struct{}{}
	}
}

// labelName is the name that Prometheus gives the attribute, or a short one.
func labelName(f Field) string {
	if short := shortNames[f.path]; short != "" {
		return short
	}
	name := f.name
	if name == "" {
		name = f.path
	}
	return strings.Map(nameRune, name)
}

// reserved are the labels that others put on series, the gateway, this connector,
// Prometheus and its scrapes; and the names of limits, beside those of labels.
var reserved = append(telemetry.CommonLabels(), Currency, Window, telemetry.Bucket, series.LimitServices, series.LimitSeries, "distinct", "quantile", "job", "instance")

// scopePrefix is what labels begin with that exporters make of a scope.
const scopePrefix = "otel_scope_"

func (c *compiler) labelName(key, name string) {
	switch {
	case !isName(name) || strings.HasPrefix(name, "__"):
		c.report(key, fmt.Sprintf("got the label %q, allowed: letters, digits and _, neither a digit nor __ first", name))
	case slices.Contains(reserved, name) || strings.HasPrefix(name, scopePrefix):
		c.report(key, fmt.Sprintf("got the label %s, which series have already, allowed: any but %s, %s*; another is given as label", name, strings.Join(reserved, ", "), scopePrefix))
	}
}
