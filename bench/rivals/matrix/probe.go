package matrix

import (
	"context"
	"fmt"
	"strings"

	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/bench/rivals/canary"
	"github.com/readygate/readygate/bench/rivals/contender"
	"github.com/readygate/readygate/internal/leaf/leaftest"
)

// probe plants canaries into the data of one signal.
type probe struct {
	signal  leaftest.Signal
	request []byte          // the data, as a client sends it
	slots   []leaftest.Slot // of the data without a canary
	lines   []func(any) (any, error)
}

func newProbe(ctx context.Context, s leaftest.Signal, contenders []contender.Contender) (*probe, error) {
	data := s.Fill()
	if td, ok := data.(ptrace.Traces); ok {
		serve(td)
	}
	request, err := s.Encode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	p := &probe{signal: s, request: request}
	if data, err = s.Decode(request); err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	p.slots = leaftest.Slots(data)
	for _, c := range contenders {
		line, err := c.Line(ctx, data)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", s.Name, c.Name, err)
		}
		p.lines = append(p.lines, line)
	}
	return p, nil
}

// serve makes every span one of a server, with a route: the redaction processor
// looks at the names of no other spans.
func serve(td ptrace.Traces) {
	for _, rs := range td.ResourceSpans().All() {
		for _, ss := range rs.ScopeSpans().All() {
			for _, span := range ss.Spans().All() {
				span.SetKind(ptrace.SpanKindServer)
				span.Attributes().PutStr("http.route", "/orders/{id}")
			}
		}
	}
}

// distinct returns the numbers of the slots to try, one of each shape.
func (p *probe) distinct() []int {
	var numbers []int
	seen := make(map[string]bool)
	for i, slot := range p.slots {
		if s := shape(slot.Path); !seen[s] {
			seen[s] = true
			numbers = append(numbers, i)
		}
	}
	return numbers
}

// clean adds to rewritten, per contender, how many slots change although there
// is no canary.
func (p *probe) clean(rewritten []int) error {
	before := byPath(p.slots)
	for i, line := range p.lines {
		after, err := p.through(line, func([]leaftest.Slot) {})
		if err != nil {
			return err
		}
		kept := 0
		for _, slot := range after {
			if value, ok := before[slot.Path]; ok && value == slot.String() {
				kept++
			}
		}
		rewritten[i] += len(before) - kept
	}
	return nil
}

// try plants the canary into the slot with the given number, and returns what
// became of it in each contender; or that it does not fit there.
func (p *probe) try(number int, c canary.Canary) (effects []effect, fits bool, err error) {
	for _, line := range p.lines {
		var (
			before map[string]string
			under  string
		)
		after, err := p.through(line, func(slots []leaftest.Slot) {
			under, fits = plant(slots, number, c)
			before = byPath(slots)
		})
		if err != nil || !fits {
			return nil, fits, err
		}
		effects = append(effects, compare(before, after, p.slots[number].Path, under, c))
	}
	return effects, true, nil
}

// through takes the data, changed by edit, through line, and returns the slots
// of what arrives behind it.
func (p *probe) through(line func(any) (any, error), edit func([]leaftest.Slot)) ([]leaftest.Slot, error) {
	data, err := p.signal.Decode(p.request)
	if err != nil {
		return nil, err
	}
	edit(leaftest.Slots(data))
	if data, err = line(data); err != nil {
		return nil, err
	}
	return leaftest.Slots(data), nil
}

// plant puts the canary into the slot with the given number, and its key, where
// it has one, above it. It reports whether it fits there: what a key says holds
// for texts and bytes under it, not for the names of keys. under is what the
// paths of the slots begin with that a planted key stands above; it is empty if
// no key was planted.
func plant(slots []leaftest.Slot, number int, c canary.Canary) (under string, fits bool) {
	slot := slots[number]
	owner, isKey := strings.CutSuffix(slot.Path, ".Key")
	if isKey {
		under = owner + ".Value."
	}
	if c.Key != "" {
		key := keyAbove(slots, slot.Path)
		if key == nil || isKey || slot.Text == nil && slot.Bytes == nil {
			return "", false
		}
		*key.Text = c.Key
		under = strings.TrimSuffix(key.Path, "Key") + "Value."
	}
	switch n, ok := c.Number(); {
	case slot.Text != nil:
		*slot.Text = c.Text
	case slot.Bytes != nil:
		*slot.Bytes = []byte(c.Text)
	case !ok:
		return "", false
	case slot.Int != nil:
		*slot.Int = n
	default:
		*slot.Double = float64(n)
	}
	return under, true
}

// keyAbove returns the nearest key whose value, or part of it, is at path; nil
// if there is none.
func keyAbove(slots []leaftest.Slot, path string) *leaftest.Slot {
	var key *leaftest.Slot
	for i, slot := range slots {
		// Keys stand before their values, and outer ones before inner ones.
		if owner, ok := strings.CutSuffix(slot.Path, ".Key"); ok && strings.HasPrefix(path, owner+".Value.") {
			key = &slots[i]
		}
	}
	return key
}

// effect is what became of one planted canary.
type effect struct {
	// gone: nothing of what must not leave is anywhere in the data.
	gone bool
	// alone: every other slot has the value that it had, and all have the type.
	// Slots that a planted key stands above do not count: it is a matter of taste
	// whether a key with a secret in it taints them.
	alone bool
}

// compare says what became of the canary planted at path, by the slots of the
// data before and after, and by under, which [plant] returned.
func compare(before map[string]string, after []leaftest.Slot, path, under string, c canary.Canary) effect {
	e := effect{gone: true, alone: true}
	counts := func(path string) bool { return under == "" || !strings.HasPrefix(path, under) }
	surplus := 0 // of slots, after
	for _, slot := range after {
		value := slot.String()
		if c.In(value) {
			e.gone = false
		}
		if !counts(slot.Path) {
			continue
		}
		was, ok := before[slot.Path]
		if !ok || slot.Path != path && value != was {
			e.alone = false
		}
		surplus++
	}
	for path := range before {
		if counts(path) {
			surplus--
		}
	}
	e.alone = e.alone && surplus == 0
	return e
}

// byPath returns the values of the slots by their paths.
func byPath(slots []leaftest.Slot) map[string]string {
	values := make(map[string]string, len(slots))
	for _, slot := range slots {
		values[slot.Path] = slot.String()
	}
	return values
}
