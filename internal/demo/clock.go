package demo

import (
	"math/rand/v2"
	"time"
)

// clock is the synthetic time of one visit. It moves only when told to.
type clock struct {
	now time.Time
	rng *rand.Rand
}

// pass moves the clock by a random duration between least and most.
func (c *clock) pass(least, most time.Duration) {
	c.now = c.now.Add(least + time.Duration(c.rng.Int64N(int64(most-least)+1)))
}
