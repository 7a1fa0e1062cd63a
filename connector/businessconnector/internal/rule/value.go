package rule

import (
	"errors"
	"math"
	"math/bits"
	"strconv"
	"strings"

	"github.com/readygate/readygate/internal/money"
	"github.com/readygate/readygate/internal/series"
)

// Refusal is why something that matched was not observed.
type Refusal uint8

// The refusals. Their words are values of a label, and never change.
const (
	NotRefused      Refusal = iota
	Missing                 // there is no value, or an empty one
	WrongType               // the value has another type
	Redacted                // scrub masked it, and what is masked all looks the same
	NotANumber              // NaN, or an infinity
	Syntax                  // the text is no number
	Precision               // more digits than the sum has
	Range                   // too large to be exact, or for a histogram's sum to stay finite
	Negative                // and the metric takes none
	MissingCurrency         // there is no currency
	WrongCurrency           // it is unknown, or not among the units
	Overflow                // the sum would be too large to be exact
	RefusalCount
)

func (f Refusal) String() string {
	return [RefusalCount]string{
		"", "missing", "wrong_type", "redacted", "not_a_number", "syntax", "precision", "range",
		"negative", "missing_currency", "currency", "overflow",
	}[f]
}

// Refusals lists those there can be for the rule.
func (r *Rule) Refusals() []Refusal {
	switch r.Type {
	case Counter:
		return nil
	case Distinct:
		return []Refusal{Missing, WrongType, Redacted, NotANumber}
	case Gauge:
		return []Refusal{Missing, WrongType, NotANumber, Syntax}
	case Histogram:
		return []Refusal{Missing, WrongType, NotANumber, Syntax, Range, Negative}
	}
	all := []Refusal{Missing, WrongType, NotANumber, Syntax, Precision, Range, Overflow}
	if r.Refunds.Name == "" {
		all = append(all, Negative)
	}
	if r.amount.unitFrom.path != "" {
		all = append(all, MissingCurrency, WrongCurrency)
	}
	return all
}

// marker is what scrub leaves of a value that it masks. Pseudonyms, which it can make
// instead, are as different as what they stand for.
const marker = "[REDACTED:"

// refusalOf is the refusal that stands for an error of package money.
func refusalOf(err error) Refusal {
	switch {
	case errors.Is(err, money.ErrNotANumber):
		return NotANumber
	case errors.Is(err, money.ErrPrecision):
		return Precision
	case errors.Is(err, money.ErrRange):
		return Range
	default:
		return Syntax
	}
}

// Amount is the value of a sum: a number of 10^-Scale of its currency.
type Amount struct {
	Units    int64 // never negative
	Scale    uint8
	Refund   bool   // it is to be subtracted
	Currency string // "" without one; does not borrow
}

// Amount reads the value of a sum.
func (r *Rule) Amount(record *Record) (Amount, Refusal) {
	v := r.value.Read(record)
	if v.isEmpty() {
		return Amount{}, Missing
	}
	u, refusal := r.amount.unit(record)
	if refusal != NotRefused {
		return Amount{}, refusal
	}
	var units int64
	var err error
	if text, ok := v.Text(); ok {
		units, err = money.MinorString(text, u.shift)
	} else if n, ok := v.Integer(); ok {
		units, err = money.MinorInt(n, u.shift)
	} else if f, ok := v.Double(); ok {
		units, err = money.Minor(f, u.shift)
	} else {
		return Amount{}, WrongType
	}
	a := Amount{Units: units, Scale: u.scale, Currency: u.code}
	switch {
	case err == nil:
		return a, NotRefused
	case !errors.Is(err, money.ErrNegative):
		return Amount{}, refusalOf(err)
	case r.Refunds.Name == "":
		return Amount{}, Negative
	}
	a.Units, a.Refund = -units, true
	return a, NotRefused
}

func (a *amount) unit(record *Record) (unit, Refusal) {
	if a.unitFrom.path == "" {
		return a.only, NotRefused
	}
	v := a.unitFrom.Read(record)
	if v.isEmpty() {
		return unit{}, MissingCurrency
	}
	code, ok := v.Text()
	if !ok {
		return unit{}, WrongCurrency
	}
	u, found := a.units[code]
	if !found {
		// Codes are three letters, in either case.
		currency, err := money.Lookup(code)
		if u, found = a.units[currency.Code]; err != nil || !found {
			return unit{}, WrongCurrency
		}
	}
	return u, NotRefused
}

// Weighted is the amount times the sampling weight, rounded to a whole unit, half
// away from zero. It is exact where nothing was sampled; else each event adds an
// error of at most half a unit.
func (a Amount) Weighted(weight series.Count) (Amount, Refusal) {
	if weight == series.One {
		return a, NotRefused
	}
	over, units := bits.Mul64(uint64(a.Units), weight.Whole)
	carry, rest := bits.Mul64(uint64(a.Units), weight.Fraction)
	units, carried := bits.Add64(units, carry, rest>>63)
	if over+carried != 0 || units > money.MaxUnits {
		return Amount{}, Range
	}
	a.Units = int64(units)
	return a, NotRefused
}

// Measure reads the value of a gauge or of a histogram.
func (r *Rule) Measure(record *Record) (float64, Refusal) {
	v := r.value.Read(record)
	if v.isEmpty() {
		return 0, Missing
	}
	var number float64
	if n, ok := v.Integer(); ok {
		number = float64(n)
	} else if f, ok := v.Double(); ok {
		number = f
	} else if text, ok := v.Text(); ok {
		var err error
		number, err = strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil && !errors.Is(err, strconv.ErrRange) { // beyond the range is an infinity
			return 0, Syntax
		}
	} else {
		return 0, WrongType
	}
	switch {
	case math.IsNaN(number) || math.IsInf(number, 0):
		return 0, NotANumber
	case number < 0 && r.Type == Histogram:
		return 0, Negative
	}
	return number, NotRefused
}

// MaxMeasured bounds what one event adds to the sum of a histogram, for a sum that
// became infinite would stay so: it takes 10^18 of these.
const MaxMeasured = 1e290

// Identifier reads the value of a distinct metric, which is counted by its text.
func (r *Rule) Identifier(record *Record) (View, Refusal) {
	v := r.value.Read(record)
	switch {
	case v.isEmpty():
		return View{}, Missing
	case v.kind == textless || v.kind == boolean:
		return View{}, WrongType
	case v.kind == double && (math.IsNaN(v.float) || math.IsInf(v.float, 0)):
		return View{}, NotANumber
	}
	if text, ok := v.Text(); ok && strings.Contains(text, marker) {
		return View{}, Redacted
	}
	return v, NotRefused
}
