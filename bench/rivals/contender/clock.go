package contender

import (
	"time"

	"github.com/jonboulle/clockwork"
)

// clock is the real one, whose ticker, which a component makes at most one of,
// can also be made to tick. span_metrics takes it from the context.
type clock struct {
	clockwork.Clock

	ticker *ticker // nil until one is made
}

func (c *clock) NewTicker(interval time.Duration) clockwork.Ticker {
	c.ticker = &ticker{interval: interval, ticks: make(chan time.Time)}
	c.ticker.timer = time.AfterFunc(interval, c.ticker.tick)
	return c.ticker
}

// tick makes the ticker tick, and returns when the component has taken notice.
// Without a ticker it does nothing.
func (c *clock) tick() {
	if c.ticker != nil {
		c.ticker.ticks <- c.Now()
	}
}

// ticker ticks at every interval unless its reader is late, as time.Ticker does.
type ticker struct {
	interval time.Duration
	ticks    chan time.Time
	timer    *time.Timer
}

func (t *ticker) Chan() <-chan time.Time { return t.ticks }

func (t *ticker) Reset(interval time.Duration) { t.timer.Reset(interval) }

func (t *ticker) Stop() { t.timer.Stop() }

func (t *ticker) tick() {
	select {
	case t.ticks <- time.Now():
	default:
	}
	t.timer.Reset(t.interval)
}
