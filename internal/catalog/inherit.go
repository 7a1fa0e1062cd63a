package catalog

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"
)

// policies reads what services inherit: the built-in numbers of their tier, what
// the file's defaults say instead, and what the file says of the tier.
func (d *decoder) policies(f document, c *Catalog) {
	d.level(f.defaults, "defaults", &c.Defaults, defaultsForm.read)
	d.ceilings(f.defaults, c.Defaults)
	for i, tier := range Tiers() {
		policy := DefaultPolicy(tier)
		// Read once more, now over the tier's numbers; what is wrong there is known.
		new(decoder).level(f.defaults, "defaults", &policy, defaultsForm.read)
		policy.Tier = tier
		d.level(f.tiers[i], "tier "+string(tier), &policy, tierForm.read)
		d.ceilings(f.tiers[i], policy)
		c.Tiers[tier] = policy
	}
	if tier, known := c.Tiers[c.Defaults.Tier]; known {
		c.Defaults = tier
	}
}

// services reads the services, which inherit from their tier, or else from the
// defaults.
func (d *decoder) services(all entry, c *Catalog) {
	if all.node == nil || !d.kind(all.node, all.path, yaml.SequenceNode, "a list of services") {
		return
	}
	declared, derived, claimed := make(overlaps), make(declarations), make(claims)
	for i, n := range all.node.Content {
		e := entry{n, fmt.Sprintf("%s[%d]", all.path, i)}
		s := Service{Policy: c.Defaults, Line: n.Line}
		if tier := e.value("tier"); tier != nil {
			if policy, known := c.Tiers[Tier(tier.Value)]; known {
				s.Policy = policy
			}
		}
		inherited := s.Policy
		name := ""
		if n := e.value("name"); n != nil {
			name = n.Value
		}
		d.level(e, "service "+name, &s.Policy, func(d *decoder, n *node, path string, to *Policy) {
			whole := Service{Policy: *to, Line: s.Line}
			serviceForm.read(d, n, path, &whole)
			*to, s = whole.Policy, whole
		})
		d.complete(e, &s)
		d.ceilings(e, s.Policy)
		d.inheritedCeilings(e, s, inherited)
		if first, again := declared.first(s); again && s.Name != "" {
			d.fail(n, e.path, fmt.Sprintf("the service %q again", s.Name),
				fmt.Sprintf("one entry for a service, namespace and environment (services[%d] has it already)", first))
		}
		declared.add(len(c.Services), s)
		derived.add(d, e, s)
		claimed.add(d, e, s)
		c.Services = append(c.Services, s)
	}
}

// level reads one level of a policy, and remembers which numbers it gave, and which
// alerts it disabled.
func (d *decoder) level(e entry, level string, to *Policy, read reader[Policy]) {
	if e.node == nil {
		return
	}
	to.Disabled = slices.Clone(to.Disabled)
	read(d, e.node, e.path, to)
	slices.Sort(to.Disabled)
	to.Origins = maps.Clone(to.Origins)
	remember := func(key string, n *node) {
		if to.Origins == nil {
			to.Origins = make(map[string]Origin)
		}
		to.Origins[key] = Origin{Level: level, Line: n.Line}
	}
	if n := e.value("disabled_alerts"); n != nil {
		remember("disabled_alerts", n)
	}
	for _, section := range []string{"slo", "recovery", "thresholds"} {
		n := e.value(section)
		if n == nil || n.Kind != yaml.MappingNode {
			continue
		}
		for i := 0; i < len(n.Content); i += 2 {
			remember(section+"."+n.Content[i].Value, n.Content[i+1])
		}
	}
}

// ceilings reports recovery targets of a level that are looser than the
// checklist's of the tier.
func (d *decoder) ceilings(e entry, p Policy) {
	most := DefaultRecovery(p.Tier)
	d.ceiling(e.at("recovery"), "rpo", p.Recovery.RPO, most.RPO, p.Tier)
	d.ceiling(e.at("recovery"), "rto", p.Recovery.RTO, most.RTO, p.Tier)
}

// ceiling reports a recovery target that is given and looser than the checklist's.
func (d *decoder) ceiling(e entry, key string, target, most time.Duration, tier Tier) {
	if e.has(key) && target > most && target <= MaxRecovery {
		e.wrong(d, key, short(target), atMost(most, tier))
	}
}

func atMost(most time.Duration, tier Tier) string {
	if tier == "" {
		return fmt.Sprintf("at most %s, the checklist's target without a tier", short(most))
	}
	return fmt.Sprintf("at most %s, the checklist's target of the tier %s", short(most), tier)
}

// inheritedCeilings reports recovery targets that are good enough for the defaults
// and not for the tier of a service that inherits them.
func (d *decoder) inheritedCeilings(e entry, s Service, inherited Policy) {
	most := DefaultRecovery(s.Tier)
	for _, target := range []struct {
		key           string
		given, atMost time.Duration
	}{{"rpo", inherited.Recovery.RPO, most.RPO}, {"rto", inherited.Recovery.RTO, most.RTO}} {
		origin := inherited.Origins["recovery."+target.key]
		if target.given <= target.atMost || origin.Level != "defaults" || e.at("recovery").has(target.key) || s.Tier == "" {
			continue
		}
		d.fail(e.node, join(e.path, "recovery."+target.key), fmt.Sprintf("%s of the defaults (line %d)", short(target.given), origin.Line), atMost(target.atMost, s.Tier))
	}
}
