package demo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

const (
	// spare is how long before now a visit begins: longer than any takes, so
	// that no span ends in the future.
	spare = 6 * time.Second
	// flushTime bounds one flush, and the last one that closes a service.
	flushTime = 10 * time.Second
)

// Streams of randomness, one for each use: what the one draws does not change
// what the others get.
const (
	visitStream uint64 = iota
	secretStream
	idStream
)

// Run opens the shop, lets the visitors in, flushes, closes and reports. It
// ends early when ctx is done, which is no error, and at the first telemetry
// that the gateway does not accept, which is one.
//
// The error is a [delivery.UnreachableError] if there is no gateway. The report
// holds in any case what happened until then.
func Run(ctx context.Context, o Options) (Report, error) {
	report := Report{Seed: o.Seed}
	if err := o.Validate(); err != nil {
		return report, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s, err := open(ctx, o)
	if err != nil {
		return report, err
	}
	visits, stopped := s.trade(ctx, o)
	report.Visits = visits
	report.Services = s.close(context.WithoutCancel(ctx))
	for i, each := range s.services() {
		report.Requests = append(report.Requests, each.tally.counts()...)
		report.Planted = append(report.Planted, each.leaks.leaked()...)
		if err := report.Services[i].Err; err != nil {
			stopped = errors.Join(stopped, fmt.Errorf("%s: %w", each.name, err))
		}
	}
	return report, stopped
}

// trade lets the visitors in, one after another, and says how many came. What
// the gateway did not accept ends it; closing the services then tells the reason.
func (s *shop) trade(ctx context.Context, o Options) (done int, err error) {
	total, begin := o.visits(), time.Now()
	// Visitors who are inside finish; ctx ends the queue of those outside.
	inside := context.WithoutCancel(ctx)
	for done < total && ctx.Err() == nil {
		if !o.unpaced() && !wait(ctx, begin.Add(o.arrival(done))) {
			break
		}
		s.receive(inside, o.Now().Add(-spare))
		done++
		if done%o.flushEvery() != 0 {
			continue
		}
		if err := s.flush(inside); err != nil || s.refused() {
			return done, err
		}
		if o.Progress != nil {
			o.Progress(done, total)
		}
	}
	return done, nil
}

// wait waits until the time given, and says whether ctx let it.
func wait(ctx context.Context, until time.Time) bool {
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func stream(seed, use uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, use)) // repeatable on purpose; nothing here is secret
}
