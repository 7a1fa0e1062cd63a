// Package matrix measures where contenders reach: it plants one canary at a
// time into one slot of telemetry that has something in every slot, and looks
// for it in what comes out.
package matrix

import (
	"context"
	"fmt"

	"github.com/readygate/readygate/bench/rivals/canary"
	"github.com/readygate/readygate/bench/rivals/contender"
	"github.com/readygate/readygate/internal/leaf/leaftest"
)

// Row counts the kinds of canaries for one kind of slot.
type Row struct {
	Place, Kind string
	// Fit is how many kinds of canaries can stand there.
	Fit int
	// Reached is how many of them each contender removed from every slot of the
	// row, in the order of Table.Contenders.
	Reached []int
}

// Table is what was measured.
type Table struct {
	Contenders []string
	// Slots is how many slots were tried, Planted how many canaries went there.
	Slots, Planted int
	Rows           []Row
	// Reached, per contender, is how many canaries were removed; Alone, how many
	// of these while every other slot and every type stayed as it was.
	Reached, Alone []int
	// Rewritten, per contender, is how many slots of data with no canary changed.
	Rewritten []int
}

// New measures the contenders.
func New(ctx context.Context, contenders []contender.Contender) (Table, error) {
	n := len(contenders)
	t := Table{Reached: make([]int, n), Alone: make([]int, n), Rewritten: make([]int, n)}
	for _, c := range contenders {
		t.Contenders = append(t.Contenders, c.Name)
	}
	rows := make(map[[2]string]*tally)
	var order []*tally
	for _, s := range leaftest.Signals() {
		p, err := newProbe(ctx, s, contenders)
		if err != nil {
			return Table{}, err
		}
		if err := p.clean(t.Rewritten); err != nil {
			return Table{}, err
		}
		for _, number := range p.distinct() {
			place, kind := row(s.Name, shape(p.slots[number].Path))
			r := rows[[2]string{place, kind}]
			if r == nil {
				r = newTally(place, kind, n)
				rows[[2]string{place, kind}] = r
				order = append(order, r)
			}
			t.Slots++
			for _, c := range canary.All() {
				effects, fits, err := p.try(number, c)
				if err != nil {
					return Table{}, fmt.Errorf("%s: %s: %w", p.slots[number].Path, c.Kind, err)
				}
				if !fits {
					continue
				}
				t.Planted++
				for i, e := range effects {
					if e.gone {
						t.Reached[i]++
					}
					if e.gone && e.alone {
						t.Alone[i]++
					}
				}
				r.add(c.Kind, effects)
			}
		}
	}
	for _, r := range order {
		t.Rows = append(t.Rows, r.row())
	}
	return t, nil
}

// tally collects a row.
type tally struct {
	place, kind string
	fit         map[string]bool
	missed      []map[string]bool // the kinds of canaries, per contender
}

func newTally(place, kind string, contenders int) *tally {
	t := &tally{place: place, kind: kind, fit: make(map[string]bool)}
	for range contenders {
		t.missed = append(t.missed, make(map[string]bool))
	}
	return t
}

// add notes what became of a kind of canary in one slot of the row.
func (t *tally) add(kind string, effects []effect) {
	t.fit[kind] = true
	for i, e := range effects {
		if !e.gone {
			t.missed[i][kind] = true
		}
	}
}

func (t *tally) row() Row {
	r := Row{Place: t.place, Kind: t.kind, Fit: len(t.fit)}
	for _, missed := range t.missed {
		r.Reached = append(r.Reached, len(t.fit)-len(missed))
	}
	return r
}
