package series

import (
	"math"
	"math/bits"
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// MaxWeight is how many spans one can stand for. A trace state comes from whoever
// called the service, who could make it count for 2^56 requests; nobody samples one
// in a million.
const MaxWeight = 1 << 20

// WeightOf is how many spans a sampled one stands for: see Weight.
func WeightOf(span ptrace.Span) (weight Count, valid bool) {
	return Weight(span.TraceState().AsRaw(), RateOf(span.Attributes()))
}

// Weight is how many spans a sampled one stands for: the inverse of the probability
// with which it was kept. What is said but not valid, or more than MaxWeight, weighs
// 1 and is reported as such. It allocates nothing.
//
// The threshold in the trace state is exact to 2^-64. It wins over an attribute:
// samplers keep it up to date when they sample once more.
func Weight(traceState string, r Rate) (weight Count, valid bool) {
	weight, valid = One, true
	if threshold, found := thresholdOf(traceState); found {
		weight, valid = weightOfThreshold(threshold)
	} else if r.rank != 0 {
		weight, valid = weightOfRate(r.value)
	}
	if weight.Whole > MaxWeight {
		return One, false
	}
	return weight, valid
}

// thresholdOf returns the value of "th" in the member "ot" of a trace state:
// "a=1,ot=rv:0123456789abcd;th:c,b=2" has "c".
func thresholdOf(traceState string) (threshold string, found bool) {
	for traceState != "" {
		var member string
		member, traceState, _ = strings.Cut(traceState, ",")
		fields, isOurs := strings.CutPrefix(strings.Trim(member, " \t"), "ot=")
		if !isOurs {
			continue
		}
		for fields != "" {
			var field string
			field, fields, _ = strings.Cut(fields, ";")
			if threshold, found = strings.CutPrefix(field, "th:"); found {
				return threshold, true
			}
		}
		return "", false
	}
	return "", false
}

// thresholdDigits is how many hexadecimal digits a threshold has; zeros at its end
// may be left out.
const thresholdDigits = 14

// weightOfThreshold follows the OpenTelemetry specification, "TraceState:
// Probability Sampling": a threshold T rejects T out of 2^56 spans, so the weight
// is 2^56 / (2^56 - T).
func weightOfThreshold(digits string) (weight Count, valid bool) {
	if digits == "" || len(digits) > thresholdDigits {
		return One, false
	}
	var rejected uint64
	for i := range len(digits) {
		d, isHex := hexDigit(digits[i])
		if !isHex {
			return One, false
		}
		rejected = rejected<<4 | d
	}
	rejected <<= 4 * (thresholdDigits - len(digits))
	kept := uint64(1)<<56 - rejected
	whole, rest := uint64(1)<<56/kept, uint64(1)<<56%kept
	fraction, _ := bits.Div64(rest, 0, kept)
	return Count{Whole: whole, Fraction: fraction}, true
}

func hexDigit(b byte) (digit uint64, ok bool) {
	switch {
	case '0' <= b && b <= '9':
		return uint64(b - '0'), true
	case 'a' <= b && b <= 'f':
		return uint64(b-'a') + 10, true
	case 'A' <= b && b <= 'F':
		return uint64(b-'A') + 10, true
	default:
		return 0, false
	}
}

// Rate is a sampling rate as the attributes of a span tell it: a number of at least
// 1 is one in so many, one below 1 the probability. The zero value is none.
type Rate struct {
	value float64 // NaN if it is not a number
	rank  int8
}

// The attributes that tell a rate. The first one wins.
const (
	RateAttribute      = "sampling.rate"
	OlderRateAttribute = "SampleRate" // of Honeycomb's SDKs
)

// Read takes the rate from an attribute of one of these names.
func (r *Rate) Read(name string, value pcommon.Value) {
	rank := int8(1)
	if name == RateAttribute {
		rank = 2
	}
	if rank > r.rank && value.Type() != pcommon.ValueTypeEmpty {
		r.value, r.rank = float(value), rank
	}
}

// RateOf reads the rate from all attributes of a span.
func RateOf(attributes pcommon.Map) (r Rate) {
	for name, value := range attributes.All() {
		if name == RateAttribute || name == OlderRateAttribute {
			r.Read(name, value)
		}
	}
	return r
}

// float reads a number, or text of digits and a point.
func float(value pcommon.Value) float64 {
	switch value.Type() {
	case pcommon.ValueTypeInt:
		return float64(value.Int())
	case pcommon.ValueTypeDouble:
		return value.Double()
	case pcommon.ValueTypeStr:
		s := value.Str()
		// Only what strconv reads: its errors allocate.
		if len(s) > 20 || strings.Trim(s, "0123456789.") != "" || strings.Count(s, ".") > 1 || strings.Trim(s, ".") == "" {
			return math.NaN()
		}
		if v, err := strconv.ParseFloat(s, 64); err == nil {
			return v
		}
	}
	return math.NaN()
}

// weightOfRate: a rate of at least 1 is one in so many, one below 1 a probability.
func weightOfRate(r float64) (weight Count, valid bool) {
	if r > 0 && r < 1 {
		// The nearest float64, which makes 10 of 0.1: that is what was meant, and not
		// the inverse of the binary fraction that is nearest to 0.1.
		r = 1 / r
	}
	if !(r >= 1 && r <= MaxWeight) {
		return One, false
	}
	whole, fraction := math.Modf(r)
	return Count{Whole: uint64(whole), Fraction: uint64(math.Ldexp(fraction, 64))}, true
}
