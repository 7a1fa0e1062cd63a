package redconnector

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/connector/internal/derive"
	"github.com/readygate/readygate/connector/redconnector/internal/metadata"
	"github.com/readygate/readygate/connector/redconnector/internal/reading"
	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// red counts the spans and log records it is given in a table, which its runner
// sends to the next consumer at every interval and at Shutdown.
type red struct {
	*derive.Runner
	canary  CanaryConfig
	reader  *reading.Reader
	table   *series.Table
	scratch sync.Pool // of *scratch
	self    *selfTelemetry
}

// scratch is what reading one batch needs, used again by the next.
type scratch struct {
	key         series.Key
	observation series.Observation
	counts      tally
}

// newRED resolves the instance's name, asking hostname only if the configuration
// gives none.
func newRED(
	set connector.Settings, cfg *Config, hostname func() (string, error), next consumer.Metrics,
) (*red, error) {
	instance, err := derive.Instance(cfg.GatewayInstance, hostname)
	if err != nil {
		return nil, err
	}
	reader := reading.NewReader(reading.Config{MaxAge: cfg.LateSpans.OlderThan, DropLate: cfg.LateSpans.Drop})
	tableConfig := series.Config{
		Groups:     reader.Groups(),
		Instance:   instance,
		ScopeName:  metadata.ScopeName,
		Limits:     series.Limits{Series: cfg.Limits.Series, Services: cfg.Limits.Services, LabelValues: cfg.Limits.LabelValues},
		Expiration: cfg.SeriesExpiration,
		Bounds:     cfg.Histogram.Buckets,
		Delta:      cfg.Temporality == derive.Delta,
		Exemplars:  cfg.Exemplars,
	}
	if cfg.Histogram.Type == Exponential {
		tableConfig.Exponential = cfg.Histogram.MaxSize
	}
	table := series.NewTable(tableConfig)
	self, err := newSelfTelemetry(set.TelemetrySettings, table, reader)
	if err != nil {
		return nil, err
	}
	runner := derive.NewRunner(derive.Settings{
		ID:          set.ID,
		Interval:    cfg.MetricsFlushInterval,
		Storage:     cfg.Storage,
		Fingerprint: fingerprint(cfg, instance),
		Logger:      set.Logger,
		OnFlush:     self.flushed,
		OnSave:      self.saved,
	}, table, next)
	return &red{
		Runner:  runner,
		canary:  cfg.Canary,
		reader:  reader,
		table:   table,
		scratch: sync.Pool{New: func() any { return new(scratch) }},
		self:    self,
	}, nil
}

// fingerprint is of what must be the same for kept counts to go on: who counts, and
// what the numbers stand for.
func fingerprint(cfg *Config, instance string) string {
	shape := any(cfg.Histogram.Buckets)
	if cfg.Histogram.Type == Exponential {
		shape = cfg.Histogram.MaxSize
	}
	b, _ := json.Marshal([]any{instance, cfg.Temporality, cfg.Histogram.Type, shape}) // plain values
	return string(b)
}

// Shutdown sends the last counts. See derive.Runner.
func (c *red) Shutdown(ctx context.Context) error {
	defer c.self.shutdown()
	return c.Runner.Shutdown(ctx)
}

// traces is the connector from traces to metrics.
type traces struct{ *derive.Ref[*red] }

// Capabilities: the spans are only read, and nothing refers to them afterwards.
func (traces) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: false}
}

// Flush sends what was counted, without waiting for the interval.
func (t traces) Flush(ctx context.Context) error { return t.Component.Flush(ctx) }

// ConsumeTraces counts the spans and their exceptions. It never fails.
func (t traces) ConsumeTraces(ctx context.Context, td ptrace.Traces) error {
	c := t.Component
	s := c.scratch.Get().(*scratch)
	defer c.scratch.Put(s)
	s.counts = tally{}
	now := pcommon.NewTimestampFromTime(time.Now())
	for _, spans := range td.ResourceSpans().All() {
		owner := c.acquire(spans.Resource(), now, s)
		for _, scope := range spans.ScopeSpans().All() {
			for _, span := range scope.Spans().All() {
				c.count(owner, span, now, s)
			}
		}
		owner.Release()
	}
	c.self.record(ctx, &s.counts)
	return nil
}

func (c *red) count(owner *series.Owner, span ptrace.Span, now pcommon.Timestamp, s *scratch) {
	outcome, notes := c.reader.Span(owner, span, now, &s.key, &s.observation)
	s.counts.spans[outcome]++
	if notes != 0 {
		s.counts.note(notes)
	}
	if outcome.Counted() {
		c.table.Observe(&s.key, &s.observation, now)
	}
	for _, event := range span.Events().All() {
		c.countException(c.reader.Event(owner, span, event, now, &s.key, &s.observation), now, s)
	}
}

func (c *red) countException(sighting reading.Sighting, now pcommon.Timestamp, s *scratch) {
	s.counts.exceptions[sighting]++
	// Again has events where the sampled one came second, and weighs more.
	if sighting == reading.First || sighting == reading.Again && !s.observation.Events.IsZero() {
		c.table.Observe(&s.key, &s.observation, now)
	}
}

// acquire returns whom the resource's series belong to, and notes that its version
// was seen.
func (c *red) acquire(resource pcommon.Resource, now pcommon.Timestamp, s *scratch) *series.Owner {
	id := series.IdentityOf(resource)
	if c.canary.Attribute != "" {
		id.Canary = telemetry.StableRelease
		if v, ok := resource.Attributes().Get(c.canary.Attribute); ok && slices.Contains(c.canary.Values, v.AsString()) {
			id.Canary = telemetry.CanaryRelease
		}
	}
	owner := c.table.Acquire(id)
	if owner.Identity().Version != "" {
		c.reader.Version(owner, now, &s.key, &s.observation)
		c.table.Observe(&s.key, &s.observation, now)
	}
	return owner
}

// logs is the connector from logs to metrics.
type logs struct{ *derive.Ref[*red] }

// Capabilities: the records are only read, and nothing refers to them afterwards.
func (logs) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: false}
}

// Flush sends what was counted, without waiting for the interval.
func (l logs) Flush(ctx context.Context) error { return l.Component.Flush(ctx) }

// ConsumeLogs counts the log records and their exceptions. It never fails.
func (l logs) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	c := l.Component
	s := c.scratch.Get().(*scratch)
	defer c.scratch.Put(s)
	s.counts = tally{}
	now := pcommon.NewTimestampFromTime(time.Now())
	for _, records := range ld.ResourceLogs().All() {
		owner := c.acquire(records.Resource(), now, s)
		for _, scope := range records.ScopeLogs().All() {
			for _, record := range scope.LogRecords().All() {
				s.counts.records++
				c.reader.Record(owner, record, &s.key, &s.observation)
				c.table.Observe(&s.key, &s.observation, now)
				c.countException(c.reader.Exception(owner, record, now, &s.key, &s.observation), now, s)
			}
		}
		owner.Release()
	}
	c.self.record(ctx, &s.counts)
	return nil
}

// tally counts, for one batch, what the connector reports about itself.
type tally struct {
	exceptions [reading.Sightings]int64 // NoException is of no use
	spans      [reading.Outcomes]int64
	oddities   [oddities]int64
	records    int64
}

const oddities = 4

// note counts each of the notes: bit i is oddity i.
func (t *tally) note(notes reading.Notes) {
	for i := range oddities {
		t.oddities[i] += int64(notes >> i & 1)
	}
}
