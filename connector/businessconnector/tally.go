package businessconnector

import "github.com/readygate/readygate/connector/businessconnector/internal/rule"

// tally counts, for one call of Consume*, what the connector reports about itself.
type tally struct {
	records        [rule.SourceCount]int64
	invalidWeights int64
	byRule         []counts
	touched        []int // rules whose counts are not 0
}

// counts are those of one rule.
type counts struct {
	matched int64
	refused [rule.RefusalCount]int64
	labels  [rule.LabelOutcomeCount]int64
}

func newTally(rules int) tally { return tally{byRule: make([]counts, rules)} }

// of returns the counts of a rule that matched.
func (t *tally) of(r *rule.Rule) *counts {
	c := &t.byRule[r.Number]
	if c.matched == 0 {
		t.touched = append(t.touched, r.Number)
	}
	return c
}

// reset makes all counts 0.
func (t *tally) reset() {
	for _, i := range t.touched {
		t.byRule[i] = counts{}
	}
	t.touched = t.touched[:0]
	t.records, t.invalidWeights = [rule.SourceCount]int64{}, 0
}
