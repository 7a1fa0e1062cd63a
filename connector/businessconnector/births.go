package businessconnector

import (
	"sync"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/connector/businessconnector/internal/rule"
	"github.com/readygate/readygate/internal/series"
)

// births brings series into being at 0 when a service is heard of, for rules that
// name their services and whose label values are all known. So a dashboard shows 0
// orders and not nothing, and an alert on their absence has something to look at.
type births struct {
	rules map[string][]*rule.Rule // by service
	limit int

	mu sync.RWMutex
	// seen are the identities whose series are there, since the last flush: what has
	// expired meanwhile is brought into being again. There are at most limit.
	seen map[series.Identity]struct{}
}

// newBirths returns nil if nothing is ever born that way.
func newBirths(rules []*rule.Rule, limit int) *births {
	b := &births{rules: map[string][]*rule.Rule{}, limit: limit, seen: map[series.Identity]struct{}{}}
	for _, r := range rules {
		if !r.IsBorn() {
			continue
		}
		for _, service := range r.Services() {
			b.rules[service] = append(b.rules[service], r)
		}
	}
	if len(b.rules) == 0 {
		return nil
	}
	return b
}

// forget makes the next telemetry of each service bring its series into being again.
func (b *births) forget() {
	if b == nil {
		return
	}
	b.mu.Lock()
	clear(b.seen)
	b.mu.Unlock()
}

// due returns the rules whose series shall be there for the identity, and nothing if
// they are.
func (b *births) due(id series.Identity) []*rule.Rule {
	rules := b.rules[id.Service]
	if rules == nil {
		return nil
	}
	b.mu.RLock()
	_, seen := b.seen[id]
	b.mu.RUnlock()
	if seen {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.seen) < b.limit {
		b.seen[id.Clone()] = struct{}{}
	}
	return rules
}

// introduce brings all series of the rule into being.
func (c *business) introduce(k *series.Key, o *series.Owner, r *rule.Rule, now pcommon.Timestamp) {
	lists := make([][]string, 0, len(r.Labels)+1)
	for i := range r.Labels {
		lists = append(lists, r.Labels[i].Values)
	}
	if r.IsMoney() {
		lists = append(lists, r.Currencies())
	}
	g := c.groups[r.Number]
	for _, group := range []*series.Group{g.group, g.refunds} {
		if group == nil {
			continue
		}
		each(lists, nil, func(values []string) {
			k.Start(o, group)
			for _, value := range values {
				k.Add(value)
			}
			c.table.Introduce(k, now)
		})
	}
}

// each calls f with every combination of one value of each list.
func each(lists [][]string, chosen []string, f func([]string)) {
	if len(lists) == 0 {
		f(chosen)
		return
	}
	for _, value := range lists[0] {
		each(lists[1:], append(chosen, value), f)
	}
}
