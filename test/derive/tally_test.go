package derive

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// key is what sums are told apart by. class is the outcome as far as it survives every
// limit: "5xx" of HTTP, "OK" of RPC, "failure" of messages, a bound of a bucket.
type key struct {
	metric, service, class string
}

// tally is how many events there were. All numbers are small sums of powers of two, so
// that float64 has them exactly and equality is meant literally.
type tally map[key]float64

func (t tally) add(other tally) {
	for k, n := range other {
		t[k] += n
	}
}

func (t tally) clone() tally {
	if t == nil {
		return tally{}
	}
	return maps.Clone(t)
}

// blur merges services, which is what a limit on them may do.
func (t tally) blur() tally {
	all := tally{}
	for k, n := range t {
		k.service = ""
		all[k] += n
	}
	return all
}

// outside lists what is less than low or more than high, one a line.
func (t tally) outside(low, high tally) string {
	keys := map[key]bool{}
	for _, side := range []tally{t, low, high} {
		for k := range side {
			keys[k] = true
		}
	}
	var lines []string
	for k := range keys {
		switch got := t[k]; {
		case low[k] <= got && got <= high[k]:
		case low[k] == high[k]:
			lines = append(lines, fmt.Sprintf("%s{%s,%s}: got %v, came in %v", k.metric, k.service, k.class, got, low[k]))
		default:
			lines = append(lines, fmt.Sprintf("%s{%s,%s}: got %v, allowed %v to %v", k.metric, k.service, k.class, got, low[k], high[k]))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
