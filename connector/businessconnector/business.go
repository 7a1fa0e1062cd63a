package businessconnector

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/connector/businessconnector/internal/metadata"
	"github.com/readygate/readygate/connector/businessconnector/internal/rolling"
	"github.com/readygate/readygate/connector/businessconnector/internal/rule"
	"github.com/readygate/readygate/connector/internal/derive"
	"github.com/readygate/readygate/internal/distinct"
	"github.com/readygate/readygate/internal/series"
)

// business is the connector: it observes what matches its rules, and has a Runner
// that sends what came of it.
type business struct {
	rules   []*rule.Rule
	index   *rule.Index
	groups  []ruleGroups       // by rule
	hashers []*distinct.Hasher // by rule; nil for what is not distinct
	places  []int              // by rule: the metric in rolling
	births  *births            // nil if no rule names services

	table   *series.Table
	rolling *rolling.Table
	runner  *derive.Runner
	self    *selfTelemetry

	works    sync.Pool // of *work
	shutdown sync.Once
}

// newBusiness resolves the instance's name, asking hostname only if the
// configuration gives none.
func newBusiness(
	set connector.Settings, cfg *Config, hostname func() (string, error), next consumer.Metrics,
) (*business, error) {
	rules, err := cfg.rules()
	if err != nil {
		return nil, err
	}
	instance, err := derive.Instance(cfg.GatewayInstance, hostname)
	if err != nil {
		return nil, err
	}
	c := &business{rules: rules, index: rule.NewIndex(rules), births: newBirths(rules, cfg.Limits.Services)}
	c.newTable(cfg, instance)
	identifiers, err := c.newRolling(set, cfg, instance)
	if err != nil {
		return nil, err
	}
	if c.self, err = newSelfTelemetry(set.TelemetrySettings, c); err != nil {
		return nil, err
	}
	c.works.New = func() any { return newWork(c) }
	c.runner = derive.NewRunner(derive.Settings{
		ID:          set.ID,
		Interval:    cfg.MetricsFlushInterval,
		Storage:     cfg.Storage,
		Fingerprint: fingerprint(cfg, rules, identifiers),
		Logger:      set.Logger,
		OnFlush:     c.self.flushed,
		OnSave:      c.self.saved,
	}, &source{table: c.table, rolling: c.rolling, births: c.births, keepRolling: identifiers != ""}, next)
	return c, nil
}

func (c *business) newTable(cfg *Config, instance string) {
	var groups []*series.Group
	for _, r := range c.rules {
		g := newGroups(r)
		c.groups = append(c.groups, g)
		for _, group := range []*series.Group{g.group, g.refunds} {
			if group != nil {
				groups = append(groups, group)
			}
		}
	}
	c.table = series.NewTable(series.Config{
		Groups:     groups,
		Instance:   instance,
		ScopeName:  metadata.ScopeName,
		Limits:     series.Limits{Series: cfg.Limits.Series, Services: cfg.Limits.Services, LabelValues: cfg.Limits.LabelValues},
		Expiration: cfg.SeriesExpiration,
		Delta:      cfg.Temporality == derive.Delta,
	})
}

// Start begins to flush, from the state that was kept if there is a storage.
func (c *business) Start(ctx context.Context, host component.Host) error {
	return c.runner.Start(ctx, host)
}

// Shutdown sends the last counts. It gives up when ctx ends. Only the first call does
// anything.
func (c *business) Shutdown(ctx context.Context) (err error) {
	c.shutdown.Do(func() {
		defer c.self.shutdown()
		c.rolling.SaveAll()
		err = c.runner.Shutdown(ctx)
	})
	return err
}

// consume is what the pipelines see of the connector.
type consume struct{ *business }

// Capabilities: the data is only read, and nothing refers to it afterwards.
func (consume) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: false}
}

// ConsumeTraces observes what matches among the spans and their events. It never fails.
func (c consume) ConsumeTraces(ctx context.Context, td ptrace.Traces) error {
	w := c.begin()
	defer c.end(ctx, w)
	for _, resource := range td.ResourceSpans().All() {
		w.enter(resource.Resource())
		for _, scope := range resource.ScopeSpans().All() {
			for _, span := range scope.Spans().All() {
				w.span(span)
			}
		}
		w.leave()
	}
	return nil
}

// ConsumeLogs observes what matches among the log records. It never fails.
func (c consume) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	w := c.begin()
	defer c.end(ctx, w)
	for _, resource := range ld.ResourceLogs().All() {
		w.enter(resource.Resource())
		for _, scope := range resource.ScopeLogs().All() {
			for _, record := range scope.LogRecords().All() {
				w.log(record)
			}
		}
		w.leave()
	}
	return nil
}

// begin returns what one call of Consume* works with.
func (c *business) begin() *work {
	w := c.works.Get().(*work)
	w.now = time.Now()
	w.at = pcommon.NewTimestampFromTime(w.now)
	return w
}

func (c *business) end(ctx context.Context, w *work) {
	c.self.record(ctx, &w.tally)
	w.record.Forget()
	c.works.Put(w)
}
