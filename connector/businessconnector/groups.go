package businessconnector

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"go.opentelemetry.io/collector/connector"

	"github.com/readygate/readygate/connector/businessconnector/internal/metadata"
	"github.com/readygate/readygate/connector/businessconnector/internal/rolling"
	"github.com/readygate/readygate/connector/businessconnector/internal/rule"
	"github.com/readygate/readygate/internal/distinct"
	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// ruleGroups are the groups of a rule's series.
type ruleGroups struct {
	group   *series.Group // nil for distinct metrics
	refunds *series.Group // nil without refunds
}

func newGroups(r *rule.Rule) ruleGroups {
	aggregation := map[rule.Type]series.Aggregation{
		rule.Counter: series.Events, rule.Sum: series.Units, rule.Histogram: series.Distribution, rule.Gauge: series.LastValue,
	}
	if r.Type == rule.Distinct {
		return ruleGroups{}
	}
	var labels []series.Label
	for i := range r.Labels {
		labels = append(labels, series.Label{Name: r.Labels[i].Name, Open: r.Labels[i].Open()})
	}
	if r.IsMoney() {
		labels = append(labels, series.Label{Name: rule.Currency})
	}
	group := func(m telemetry.Metric) *series.Group {
		return &series.Group{
			Name: m.Name, Labels: labels, Bounds: r.Buckets,
			Metrics: []series.Metric{{Metric: m, Aggregation: aggregation[r.Type]}},
		}
	}
	g := ruleGroups{group: group(r.Metric)}
	if r.Refunds.Name != "" {
		g.refunds = group(r.Refunds)
	}
	return g
}

// newRolling makes what distinct metrics need: their table, and a hasher for each. It
// returns what stands for the key with which identifiers are hashed, and nothing
// where that dies with the process.
func (c *business) newRolling(set connector.Settings, cfg *Config, instance string) (identifiers string, err error) {
	key := []byte(cfg.DistinctKey)
	if len(key) == 0 {
		key = make([]byte, 2*distinct.MinKey)
		_, _ = rand.Read(key) // it never fails
	}
	config := rolling.Config{
		Precision: rule.SketchPrecision, Instance: instance, ScopeName: metadata.ScopeName, Limit: cfg.Limits.Distinct,
	}
	c.hashers, c.places = make([]*distinct.Hasher, len(c.rules)), make([]int, len(c.rules))
	for i, r := range c.rules {
		if r.Type != rule.Distinct {
			continue
		}
		c.places[i] = len(config.Metrics)
		config.Metrics = append(config.Metrics, rolling.Metric{Metric: r.Metric, Windows: r.Windows})
		if c.hashers[i], err = distinct.NewHasher(key, r.Name); err != nil {
			return "", fmt.Errorf("distinct_key: %w", err)
		}
	}
	if c.rolling, err = rolling.NewTable(config); err != nil {
		return "", err
	}
	if cfg.DistinctKey == "" {
		if len(config.Metrics) > 0 {
			set.Logger.Warn("distinct_key is not configured: identifiers are hashed with a key of this process, so distinct values are neither kept over restarts nor merged with those of other gateways")
		}
		return "", nil
	}
	h, err := distinct.NewHasher(key, "fingerprint of the key")
	if err != nil {
		return "", fmt.Errorf("distinct_key: %w", err)
	}
	return fmt.Sprintf("%016x", h.HashString("")), nil
}

// fingerprint stands for all that shapes the state. What is counted may change without
// a new one: a counter goes on when its conditions are corrected.
func fingerprint(cfg *Config, rules []*rule.Rule, identifiers string) string {
	type shape struct {
		Name    string
		Type    rule.Type
		Labels  []string
		Closed  []bool
		Buckets []float64
		Windows []string
		Scale   string
		Refunds bool
	}
	shapes := []shape{}
	for _, r := range rules {
		s := shape{Name: r.Name, Type: r.Type, Labels: r.Metric.Labels, Buckets: r.Buckets, Scale: r.Scales(), Refunds: r.Refunds.Name != ""}
		for i := range r.Labels {
			s.Closed = append(s.Closed, !r.Labels[i].Open())
		}
		for _, w := range r.Windows {
			s.Windows = append(s.Windows, w.String())
		}
		shapes = append(shapes, s)
	}
	text, err := json.Marshal([]any{"business 1", cfg.Temporality, identifiers, shapes})
	if err != nil {
		panic(err) // Validate lets no bound through that JSON does not know
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
