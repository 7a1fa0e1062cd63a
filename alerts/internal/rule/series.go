package rule

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/labels"
)

// inputSeries is one series in promtool's notation.
type inputSeries struct {
	Series string `yaml:"series"`
	Values string `yaml:"values"`
}

// input writes the series of some phases, in the order in which they appear.
func input(phases []Phase, pace, step time.Duration) []inputSeries {
	var all []track
	at := make(map[string]int) // of all
	for i, p := range phases {
		for _, s := range p.State {
			name := s.name()
			j, known := at[name]
			if !known {
				j = len(all)
				at[name] = j
				all = append(all, track{name, make([]*Signal, len(phases))})
			}
			if all[j].in[i] == nil {
				all[j].in[i] = &s
			}
		}
	}
	written := make([]inputSeries, len(all))
	for i, t := range all {
		written[i] = inputSeries{Series: t.name, Values: t.values(phases, int(pace/step), step)}
	}
	return written
}

// track is what one series does in each phase: nil where it is not there.
type track struct {
	name string
	in   []*Signal
}

func (s Signal) name() string { return s.Metric + labels.FromMap(s.Labels).String() }

// values are the samples of one series: at evaluation 0, then so many for each
// evaluation of each phase. A counter begins at 0 in the sample before its first
// phase; a gauge has the level of its first phase at evaluation 0 already.
func (t track) values(phases []Phase, each int, step time.Duration) string {
	var text strings.Builder
	total := 0.0
	for i, p := range phases {
		s, found := Signal{}, t.in[i] != nil
		if found {
			s = *t.in[i]
		}
		n := p.Evaluations * each
		if i == 0 {
			switch {
			case !found:
				text.WriteString("_")
			case s.Gauge:
				text.WriteString(decimal(s.Level))
			default:
				text.WriteString("0")
			}
		}
		if n == 0 {
			continue
		}
		from, grow := s.Level, s.Slope*step.Seconds()
		if !s.Gauge {
			if p.Restart {
				total = 0
			}
			grow = rounded(s.Rate * step.Seconds())
			from = rounded(total + grow)
			if grow == 0 {
				from = total // to the last digit: a hair less would be a new beginning
			}
			if found {
				total = from
				for range n - 1 {
					total += grow // as promtool adds up
				}
			}
		} else {
			grow = rounded(grow)
			from = rounded(from + grow)
		}
		switch {
		case !found && i+1 < len(phases) && total == 0 && t.born(i+1):
			text.WriteString(" _x" + strconv.Itoa(n-1) + " 0")
		case !found:
			text.WriteString(" _x" + strconv.Itoa(n))
		case n == 1:
			text.WriteString(" " + digits(from))
		default:
			sign := "+"
			if grow < 0 {
				sign = "-"
			}
			text.WriteString(" " + digits(from) + sign + digits(math.Abs(grow)) + "x" + strconv.Itoa(n-1))
		}
	}
	return text.String()
}

// born reports whether the phase has the counter: the gateway shows 0 before the
// first value.
func (t track) born(phase int) bool { return t.in[phase] != nil && !t.in[phase].Gauge }

// decimal has no exponent: counts that people can compare. The rounding is far
// less than a hair.
func decimal(v float64) string { return digits(rounded(v)) }

func digits(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func rounded(v float64) float64 { return math.Round(v*1e9) / 1e9 }
