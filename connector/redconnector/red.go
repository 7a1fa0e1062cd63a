package redconnector

import (
	"cmp"
	"context"
	"fmt"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.uber.org/zap"

	"github.com/readygate/readygate/internal/series"
)

// red is the connector: it counts the spans it is given in a table, and sends
// the table's series to the next consumer at every interval and at Shutdown.
type red struct {
	interval time.Duration
	instance string
	table    *table
	batches  sync.Pool // of *batch
	next     consumer.Metrics
	logger   *zap.Logger
	self     *selfTelemetry

	flushing sync.Mutex // one flush at a time

	stop     context.CancelFunc // ends the goroutine of Start
	stopped  chan struct{}      // closed when it has ended
	shutdown sync.Once
}

// newRED resolves the instance's name, asking hostname only if the
// configuration gives none.
func newRED(
	set component.TelemetrySettings, cfg *Config, hostname func() (string, error), next consumer.Metrics,
) (*red, error) {
	host := ""
	if cfg.GatewayInstance == "" {
		var err error
		if host, err = hostname(); err != nil {
			return nil, fmt.Errorf("gateway_instance: not configured, and the host has no name: %w", err)
		}
	}
	t := newTable(cfg)
	self, err := newSelfTelemetry(set, t)
	if err != nil {
		return nil, err
	}
	return &red{
		interval: cfg.MetricsFlushInterval,
		instance: cmp.Or(cfg.GatewayInstance, host),
		table:    t,
		batches:  sync.Pool{New: func() any { return new(batch) }},
		next:     next,
		logger:   set.Logger,
		self:     self,
	}, nil
}

// Capabilities: the spans are only read, and nothing refers to them afterwards.
func (*red) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: false}
}

// Start starts flushing at every interval.
func (c *red) Start(context.Context, component.Host) error {
	ctx, cancel := context.WithCancel(context.Background())
	c.stop = cancel
	c.stopped = make(chan struct{})
	go func() {
		defer close(c.stopped)
		ticker := time.NewTicker(c.interval)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				// The error is logged and counted, and the next flush
				// carries the same counts.
				_ = c.flush(ctx, false)
			}
		}
	}()
	return nil
}

// Shutdown stops the goroutine of Start, if it was started, and sends the last
// counts. It gives up when ctx ends. Only the first call does anything.
func (c *red) Shutdown(ctx context.Context) error {
	var err error
	c.shutdown.Do(func() {
		defer c.self.shutdown()
		if c.stop != nil {
			c.stop()
			select {
			case <-c.stopped:
			case <-ctx.Done():
				err = fmt.Errorf("last flush: %w", ctx.Err())
				return
			}
		}
		err = c.flush(ctx, true)
	})
	return err
}

// ConsumeTraces counts the requests among the spans. It never fails.
func (c *red) ConsumeTraces(ctx context.Context, td ptrace.Traces) error {
	b := c.batches.Get().(*batch)
	defer c.batches.Put(b)
	now := pcommon.NewTimestampFromTime(time.Now())
	var counts tally
	for _, spans := range td.ResourceSpans().All() {
		b.reset()
		b.addResource(spans, &counts)
		if len(b.observations) > 0 {
			c.table.record(series.IdentityOf(spans.Resource()), b, now, &counts)
		}
	}
	c.self.record(ctx, &counts)
	return nil
}

// flush sends what the table holds. If the next consumer refuses, the error is
// logged, counted and returned, and the next flush sends the same counts and
// zeros again. Only stale points are not repeated: all that their series had
// counted was delivered, and what is left is that readers notice later.
func (c *red) flush(ctx context.Context, last bool) error {
	c.flushing.Lock()
	defer c.flushing.Unlock()
	began := time.Now()

	export := c.table.rounds.Begin()
	// The time is taken after Begin: no series of the round starts after it.
	now := pcommon.NewTimestampFromTime(time.Now())
	out := newOutput(c.instance, c.table.bounds, now, last)
	var p snapshot
	evicted := 0
	for _, s := range c.table.all() {
		p.take(s, export, now)
		out.add(&p)
		evicted += p.evicted
		if p.empty {
			c.table.removeEmpty(s)
		}
	}
	var err error
	if md := out.finish(); md.DataPointCount() > 0 {
		err = c.next.ConsumeMetrics(ctx, md)
	}
	if err == nil {
		c.table.rounds.Accept(export)
	} else {
		c.logger.Error("the next consumer refused the metrics; the next flush carries the same counts", zap.Error(err))
	}
	c.self.flushed(ctx, time.Since(began), evicted, err)
	return err
}
