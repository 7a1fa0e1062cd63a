package derive

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.uber.org/goleak"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/readygate/readygate/internal/series"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

var (
	errRefused = errors.New("refused")
	errFull    = errors.New("no space left")
)

// counters is a source with one counter for each key, and one part for each counter
// in its flush.
type counters struct {
	mu      sync.Mutex
	counts  map[string]int
	changed map[string]bool // copied by Flush, and not saved
	why     []series.Occasion
}

func newCounters() *counters {
	return &counters{counts: map[string]int{}, changed: map[string]bool{}}
}

func (c *counters) count(key string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[key] += n
}

func (c *counters) forget(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.counts, key)
}

func (c *counters) Flush(
	ctx context.Context, why series.Occasion, send func(context.Context, pmetric.Metrics) error,
) (series.FlushStats, error) {
	c.mu.Lock()
	c.why = append(c.why, why)
	c.mu.Unlock()
	var errs []error
	stats := series.FlushStats{}
	for _, key := range c.Keys() {
		md := pmetric.NewMetrics()
		metric := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics().AppendEmpty()
		metric.SetName(key)
		c.mu.Lock()
		metric.SetEmptySum().DataPoints().AppendEmpty().SetIntValue(int64(c.counts[key]))
		c.changed[key] = true
		c.mu.Unlock()
		stats.Points++
		errs = append(errs, send(ctx, md))
	}
	return stats, errors.Join(errs...)
}

func (c *counters) Keys() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Sorted(maps.Keys(c.counts))
}

func (c *counters) Save(key string) ([]byte, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.changed[key] {
		return nil, false, nil
	}
	if c.counts[key] < 0 {
		return nil, false, errors.New("a count below 0")
	}
	c.changed[key] = false
	return strconv.AppendInt(nil, int64(c.counts[key]), 10), true, nil
}

func (c *counters) Load(state map[string][]byte) error {
	counts := map[string]int{}
	for key, data := range state {
		n, err := strconv.Atoi(string(data))
		if err != nil {
			return fmt.Errorf("state %q: %w", key, err)
		}
		counts[key] = n
	}
	c.counts = counts
	return nil
}

// backend is a next consumer that knows the last value of every counter.
type backend struct {
	mu     sync.Mutex
	values map[string]int
	onSend func(ctx context.Context) error // called first; an error is the answer
	onSent func()                          // called last, if not nil
}

func newBackend() *backend {
	return &backend{values: map[string]int{}, onSend: func(context.Context) error { return nil }}
}

var _ consumer.Metrics = (*backend)(nil)

func (*backend) Capabilities() consumer.Capabilities { return consumer.Capabilities{} }

func (b *backend) ConsumeMetrics(ctx context.Context, md pmetric.Metrics) error {
	if err := b.onSend(ctx); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	metric := md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().At(0)
	b.values[metric.Name()] = int(metric.Sum().DataPoints().At(0).IntValue())
	if b.onSent != nil {
		b.onSent()
	}
	return nil
}

// extensions is a host with these extensions.
type extensions map[component.ID]component.Component

func (e extensions) GetExtensions() map[component.ID]component.Component { return e }

var (
	storageID   = component.MustNewIDWithName("disk", "state")
	connectorID = component.MustNewID("red")
)

// gateway is a source with its runner, and what is seen of them.
type gateway struct {
	*Runner
	*counters
	host    component.Host
	logs    *observer.ObservedLogs
	flushes []error
	saves   []error
}

func (g *gateway) Flush(ctx context.Context) error { return g.Runner.Flush(ctx) }

func (g *gateway) start(t *testing.T) {
	t.Helper()
	if err := g.Start(t.Context(), g.host); err != nil {
		t.Fatal(err)
	}
}

// newGateway returns a gateway that was not started; d may be nil.
func newGateway(d *disk, next consumer.Metrics) *gateway {
	g := &gateway{counters: newCounters(), host: componenttest.NewNopHost()}
	core, logs := observer.New(zapcore.DebugLevel)
	g.logs = logs
	set := Settings{
		ID: connectorID, Interval: 20 * time.Second, Fingerprint: "a", Logger: zap.New(core),
		OnFlush: func(_ context.Context, _ series.FlushStats, _ time.Duration, err error) {
			g.flushes = append(g.flushes, err)
		},
		OnSave: func(_ context.Context, _ int, err error) { g.saves = append(g.saves, err) },
	}
	if d != nil {
		set.Storage = &storageID
		g.host = extensions{storageID: d}
	}
	g.Runner = NewRunner(set, g.counters, next)
	return g
}

// messages are the logged ones, with their levels.
func (g *gateway) messages() (all []string) {
	for _, e := range g.logs.All() {
		text := e.Level.String() + ": " + e.Message
		for _, f := range e.Context {
			if err, ok := f.Interface.(error); ok {
				text += ": " + err.Error()
			}
		}
		all = append(all, text)
	}
	return all
}

// pass lets time go by in a bubble, and what it wakes come to rest.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}
