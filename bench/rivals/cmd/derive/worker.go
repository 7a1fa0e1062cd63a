package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/bench/rivals/contender"
	"github.com/readygate/readygate/bench/rivals/derived"
	"github.com/readygate/readygate/bench/rivals/process"
	"github.com/readygate/readygate/bench/rivals/workload"
)

const (
	batch = 512 // spans, as many as SDKs put in a batch
	seed  = 20260302

	// never is a flush interval that no measurement lasts for.
	never = time.Hour
)

// readOnly is the name of what only reads the attributes of spans, and counts
// nothing: how well that scales is how well the machine does.
const readOnly = "reading only"

// setup says what a worker is.
type setup struct {
	Connector     string
	Fleet         workload.Fleet
	FlushInterval time.Duration
	Exemplars     bool
	Series        int // the limit; 0: none
}

// worker is a connector in a process of its own.
type worker struct {
	setup

	feeds   []*workload.Feed // of all services, one for each goroutine
	same    []*workload.Feed // of one service
	consume func(context.Context, ptrace.Traces) error
	running *contender.Running // nil for readOnly
	sink    *derived.Sink
	fed     int // spans
}

// question is what a worker is asked to do, and on what terms.
type question struct {
	Do         string        // one of the keys of answers
	Spans      int           // count
	Goroutines int           // count
	OneService bool          // count: all spans are of one service
	For        time.Duration // stall
	GC         bool          // stall: with garbage collection
	Unseen     int           // demand: that many spans with a route of their own
}

// answers are what a worker does.
var answers = map[string]func(*worker, context.Context, question) (any, error){
	"warm":   (*worker).warm,
	"count":  (*worker).count,
	"stall":  (*worker).stall,
	"demand": (*worker).demand,
	"heap":   (*worker).heap,
	"finish": (*worker).finish,
}

// launchWorker starts a worker in a process of its own.
func launchWorker(ctx context.Context, s setup, opts options, stderr io.Writer) (*process.Process, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return process.Launch(ctx, s.Connector, []string{serveConnector, string(text)}, opts.gogc, stderr)
}

// serveWorker is the process.
func serveWorker(ctx context.Context, text string, stdin io.Reader, stdout io.Writer) error {
	var s setup
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return fmt.Errorf("setup %q: %w", text, err)
	}
	w, err := newWorker(ctx, s)
	if err != nil {
		return err
	}
	return process.Serve(stdin, stdout, func(q question) (any, error) {
		answer, ok := answers[q.Do]
		if !ok {
			return nil, fmt.Errorf("question %q: unknown", q.Do)
		}
		return answer(w, ctx, q)
	})
}

func newWorker(ctx context.Context, s setup) (*worker, error) {
	w := &worker{setup: s, sink: new(derived.Sink)}
	for i := range uint64(2) {
		w.feeds = append(w.feeds, s.Fleet.Feed(batch, seed+i))
		w.same = append(w.same, workload.Fleet{Services: 1, Routes: s.Fleet.Routes}.Feed(batch, seed+i))
	}
	if s.Connector == readOnly {
		w.consume = read
		return w, nil
	}
	deriver, err := contender.NewDeriver(s.Connector, contender.DeriverOptions{
		FlushInterval: s.FlushInterval, Exemplars: s.Exemplars, Series: s.Series, Services: s.Fleet.Services,
	})
	if err != nil {
		return nil, err
	}
	if w.running, err = deriver.Create(ctx, w.sink); err != nil {
		return nil, err
	}
	w.consume = w.running.ConsumeTraces
	return w, w.running.Start(ctx, componenttest.NewNopHost())
}

// read looks at every attribute.
func read(_ context.Context, td ptrace.Traces) error {
	length := 0
	for _, rs := range td.ResourceSpans().All() {
		for _, ss := range rs.ScopeSpans().All() {
			for _, span := range ss.Spans().All() {
				for name, value := range span.Attributes().All() {
					length += len(name) + len(value.Str())
				}
			}
		}
	}
	if length == 0 {
		return errors.New("spans without attributes")
	}
	return nil
}

// warm brings all series of the fleet into being.
func (w *worker) warm(ctx context.Context, _ question) (any, error) {
	for range w.feeds[0].All() {
		if err := w.consume(ctx, w.feeds[0].Next()); err != nil {
			return nil, err
		}
		w.fed += batch
	}
	return true, nil
}

// held is what a connector had at its end.
type held struct {
	Series int            // of requests and durations
	Others map[string]int // points of other metrics
}

// finish flushes, and checks that the totals are the spans that were sent.
func (w *worker) finish(ctx context.Context, _ question) (any, error) {
	w.sink.Keep()
	if err := w.running.Finish(ctx); err != nil {
		return nil, err
	}
	totals := w.sink.Totals()
	counted := 0
	for _, n := range totals.Requests {
		counted += int(n)
	}
	if counted != w.fed {
		return nil, fmt.Errorf("%s counted %d spans of %d", w.Connector, counted, w.fed)
	}
	return held{totals.Series(), totals.Others}, nil
}
