package e2e

import (
	"slices"
	"strings"
	"time"

	"github.com/prometheus/common/model"
)

// step is a piece of virtual time, from one scrape to the next.
type step struct {
	// at is its end, took how long it lasted.
	at   time.Time
	took time.Duration
	phase
}

// phase is a part of the test.
type phase int

const (
	// history is of days on which all was well.
	history phase = iota
	// healthy is an hour in which all is well, and a release is tried on a canary.
	healthy
	// broken: every fault is there.
	broken
	// mended: none is.
	mended
)

// or is what is well, unless this is the phase of the faults.
func or[T any](s step, well, fault T) T {
	if s.phase == broken {
		return fault
	}
	return well
}

// pace is the shortest step, for which a step's traffic is made. In a longer one, all
// that happens stands for as many times as much.
const pace = 30 * time.Second

func (s step) weight() int { return int(s.took / pace) }

// clock says which virtual time a time of the wall clock is.
type clock struct{ ticks []tick }

type tick struct{ wall, virtual time.Time }

// tick is called when a step begins to happen, before anything is sent.
func (c *clock) tick(s step) { c.ticks = append(c.ticks, tick{time.Now(), s.at}) }

// moved are the samples of a page of the gateway with virtual times. The gateway has
// one clock, the machine's: it writes when it first and last heard of a version, and
// when a job last succeeded, as Unix times of the minute in which the test runs. Rules
// hold them against time(), which is the engine's: for them, what happened while a
// step was sent happened at the end of that step.
func (c *clock) moved(page []sample) []sample {
	for i, s := range page {
		if !strings.HasSuffix(s.labels.Get(model.MetricNameLabel), "_timestamp_seconds") || s.value == 0 {
			continue
		}
		wall := time.UnixMicro(int64(s.value * 1e6))
		after, _ := slices.BinarySearchFunc(c.ticks, wall, func(t tick, wall time.Time) int { return t.wall.Compare(wall) })
		page[i].value = float64(c.ticks[max(after-1, 0)].virtual.Unix())
	}
	return page
}
