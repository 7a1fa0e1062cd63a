package demo

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/readygate/readygate/internal/demo/delivery"
)

// Protocol says by which transport the services send.
type Protocol string

// The protocols that can be asked for.
const (
	GRPC Protocol = "grpc"
	HTTP Protocol = "http"
	// Both lets storefront and payments send over gRPC and checkout over HTTP.
	Both Protocol = "both"
)

const (
	// maxRate is about what one core can send.
	maxRate = 1000
	// flushEvery is after how many visits the services flush, at most. A visit
	// makes fewer than ten log records, so that the SDK's log queue never
	// overflows meanwhile.
	flushEvery = 100
	// flushPause is how long the services of a slower shop wait.
	flushPause = 2 * time.Second
)

// Options of a run.
type Options struct {
	// GRPC and HTTP are the gateway's OTLP endpoints, host:port. Only those
	// that Protocol uses are needed.
	GRPC, HTTP string
	Protocol   Protocol
	// Insecure is to use no TLS.
	Insecure bool

	// Duration and Rate, in visitors per second, make a run of Duration × Rate
	// visits, evenly spaced.
	Duration time.Duration
	Rate     float64
	// Visits, if above zero, makes a run of so many visits, as fast as they
	// go; Duration and Rate are ignored.
	Visits int

	// Seed decides what happens. Equal seeds give equal telemetry but for its
	// timestamps, trace ids included.
	Seed uint64
	// Now tells the time that spans and logs end at; time.Now if nil.
	Now func() time.Time
	// Progress, if not nil, is called after every flush, by the goroutine of Run.
	Progress func(done, total int)
}

// Validate says everything that is wrong with the options, in the words of the
// command line.
func (o Options) Validate() error {
	var errs []error
	switch o.Protocol {
	case GRPC, HTTP, Both:
	default:
		errs = append(errs, fmt.Errorf("--protocol: got %q, allowed: %s, %s or %s", o.Protocol, GRPC, HTTP, Both))
	}
	if !o.unpaced() {
		if o.Duration <= 0 {
			errs = append(errs, fmt.Errorf("--duration: got %v, allowed: more than 0s", o.Duration))
		}
		if math.IsNaN(o.Rate) || o.Rate <= 0 || o.Rate > maxRate {
			errs = append(errs, fmt.Errorf("--rate: got %v, allowed: more than 0 and at most %d visitors per second", o.Rate, maxRate))
		}
	}
	return errors.Join(errs...)
}

// unpaced says whether visitors come as fast as they can be served.
func (o Options) unpaced() bool { return o.Visits > 0 }

// visits is how many visitors the run has: one at least.
func (o Options) visits() int {
	if o.unpaced() {
		return o.Visits
	}
	return max(1, int(math.Round(o.Duration.Seconds()*o.Rate)))
}

// arrival is when the nth visitor comes, counted from the first.
func (o Options) arrival(n int) time.Duration {
	return time.Duration(float64(n) / o.Rate * float64(time.Second))
}

// flushEvery is after how many visits the services flush.
func (o Options) flushEvery() int {
	if o.unpaced() {
		return flushEvery
	}
	return min(flushEvery, max(1, int(o.Rate*flushPause.Seconds())))
}

// target is where the nth service sends.
func (o Options) target(n int) delivery.Target {
	if o.Protocol == HTTP || o.Protocol == Both && n%2 == 1 {
		return delivery.Target{Protocol: delivery.HTTP, Endpoint: o.HTTP, Insecure: o.Insecure}
	}
	return delivery.Target{Protocol: delivery.GRPC, Endpoint: o.GRPC, Insecure: o.Insecure}
}
