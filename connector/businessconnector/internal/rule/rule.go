package rule

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/readygate/readygate/internal/money"
	"github.com/readygate/readygate/internal/telemetry"
)

// Rule is a Metric that was checked and made fast.
type Rule struct {
	// Number is its place among the rules that were compiled together.
	Number int
	// Name is the one it was declared with; Metric.Name may have a suffix.
	Name string
	Type Type
	// Metric is what it exports; Refunds too, if Refunds.Name is not empty.
	Metric  telemetry.Metric
	Refunds telemetry.Metric
	Labels  []Label
	Windows []time.Duration
	Buckets []float64

	from       [SourceCount]bool
	conditions []condition
	value      Field
	services   map[string]struct{} // nil: all
	amount     *amount
}

// Label is a label of a rule's series.
type Label struct {
	Name string
	// Values are those there can be, "unknown" and "other" apart, or nil if that is
	// not known.
	Values  []string
	field   Field
	allowed map[string]struct{} // nil: all
}

// Open says that the values are not a closed set.
func (l *Label) Open() bool { return l.Values == nil }

// amount is how the values of a sum become integers.
type amount struct {
	unitFrom Field           // of the currency; no path: there is only one
	units    map[string]unit // by code; none for a sum that is not of money
	only     unit            // where there is no unitFrom
}

// unit is a currency, or what is counted without one.
type unit struct {
	code  string // "" if it is no currency
	scale uint8  // decimal digits of the sum
	shift uint8  // decimal digits between the value and the sum
}

// IsMoney says that the rule has the label currency, after all others.
func (r *Rule) IsMoney() bool { return r.amount != nil && len(r.amount.units) > 0 }

// Includes reports whether the rule looks at the service.
func (r *Rule) Includes(service string) bool {
	if r.services == nil {
		return true
	}
	_, found := r.services[service]
	return found
}

// Services are the only ones that the rule looks at; none means all.
func (r *Rule) Services() []string { return slices.Sorted(maps.Keys(r.services)) }

// IsBorn says that the rule's series begin at 0 when one of its services is heard of:
// all there can be are known. Gauges have no value to begin with.
func (r *Rule) IsBorn() bool {
	return r.services != nil && r.Type != Gauge && r.Type != Distinct && r.combinations() > 0
}

// combinations is how many series the rule has for one service, or 0 if that is not
// known. It does not exceed MaxBorn by more than one factor.
func (r *Rule) combinations() int {
	n := max(1, len(r.Currencies()))
	for i := range r.Labels {
		if n *= len(r.Labels[i].Values); n > MaxBorn {
			break
		}
	}
	return n
}

// Currencies are the values of the label currency, or nothing without it.
func (r *Rule) Currencies() []string {
	if !r.IsMoney() {
		return nil
	}
	return slices.Sorted(maps.Keys(r.amount.units))
}

// LabelOutcome is what became of a label's value.
type LabelOutcome uint8

// The outcomes.
const (
	LabelRead       LabelOutcome = iota
	LabelMissing                 // the field is not there, or empty; it reads "unknown"
	LabelWrongType               // it is a map, an array or bytes; it reads "unknown"
	LabelNotAllowed              // it is not in the allow-list; it reads "other"
	LabelOutcomeCount
)

func (o LabelOutcome) String() string {
	return [LabelOutcomeCount]string{"read", "missing", "wrong_type", "not_allowed"}[o]
}

// Read returns the label's value of the record: a text, or a number that has to be
// appended. The text borrows.
func (l *Label) Read(r *Record) (View, LabelOutcome) {
	v := l.field.Read(r)
	switch {
	case v.isEmpty():
		return textView(telemetry.Unknown), LabelMissing
	case !v.HasText():
		return textView(telemetry.Unknown), LabelWrongType
	case l.allowed != nil && !l.allows(v, &r.scratch):
		return textView(telemetry.Other), LabelNotAllowed
	}
	return v, LabelRead
}

func (l *Label) allows(v View, scratch *[scratchSize]byte) bool {
	if text, ok := v.Text(); ok {
		_, found := l.allowed[text]
		return found
	}
	_, found := l.allowed[string(v.AppendText(scratch[:0]))]
	return found
}

// newUnit says how many digits the sum of a currency, or of no currency, has.
func newUnit(currency money.Currency, decimals *int, minorUnits bool) unit {
	u := unit{code: currency.Code, scale: currency.Scale}
	if decimals != nil {
		u.scale = uint8(*decimals)
	}
	u.shift = u.scale
	if minorUnits {
		u.shift -= currency.Scale
	}
	return u
}

// Scales tells the decimal digits of a sum, for each of its currencies: a sum that
// was kept with others cannot be continued.
func (r *Rule) Scales() string {
	if r.amount == nil {
		return ""
	}
	text := fmt.Sprint(r.amount.only.scale)
	for _, code := range r.Currencies() {
		text += fmt.Sprintf(" %s:%d", code, r.amount.units[code].scale)
	}
	return text
}
