package catalog

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Limits of objectives.
const (
	// MaxRecovery is the checklist's loosest recovery target.
	MaxRecovery = 24 * time.Hour
	// MinObjective is one good request of two. MaxObjective leaves a budget of one
	// request in a hundred thousand: less cannot be told from chance.
	MinObjective = 0.5
	MaxObjective = 0.99999
)

// policyFields are the keys that defaults, tiers and services share.
var policyFields = []field[Policy]{
	at("team", "Team that alerts are routed to, as a label. Where the file has teams, one of them.", named("team"), func(p *Policy) *string { return &p.Team }),
	at("owner", "Person or group who answers for the service; an annotation of every alert.", text("the name of a person or group"), func(p *Policy) *string { return &p.Owner }),
	at("runbook", "Runbook of the service; alerts link to it, unless `runbooks_url` is given.", page(), func(p *Policy) *string { return &p.Runbook }),
	at("slo", "What users may expect, over 30 days.", sloForm, func(p *Policy) *SLO { return &p.SLO }),
	at("recovery", "How much may be lost, and for how long.", recoveryForm, func(p *Policy) *Recovery { return &p.Recovery }),
	at("thresholds", "When alerts fire.", mapping("thresholds", thresholdFields()), func(p *Policy) *Thresholds { return &p.Thresholds }),
	at("disabled_alerts", "Alerts that are not made. A list replaces the one that it would inherit; `[]` makes all of them.",
		listOf("a list of alerts such as [HighCPUUsage]", word(AlertNames()...), func(name string) string { return name }), func(p *Policy) *[]string { return &p.Disabled }),
}

// tieredFields are those of defaults and services, which name a tier.
var tieredFields = append([]field[Policy]{
	at("tier", "How much depends on the service.", word(Tiers()...), func(p *Policy) *Tier { return &p.Tier }),
}, policyFields...)

// objectives beyond these are mistakes: 99.9 is no share.
const objective = "a ratio from 0.5 to 0.99999 (0.999 is 99.9 %); an objective of 1 would leave no error budget"

var sloForm = mapping("slo", []field[SLO]{
	at("availability", "Share of requests that must not fail. Default by tier: 0.999, 0.995, 0.99; without a tier 0.99.",
		number(objective, MinObjective, MaxObjective), func(s *SLO) *float64 { return &s.Availability }),
	at("latency", "Time within which `latency_ratio` of the requests must be answered. Default: 1s.",
		latency(), func(s *SLO) *time.Duration { return &s.Latency }),
	at("latency_ratio", "Default: 0.95.", number(objective, MinObjective, MaxObjective), func(s *SLO) *float64 { return &s.LatencyRatio }),
})

// recoveryForm takes what any tier may have; [decoder.ceilings] looks at the tier.
var recoveryForm = mapping("recovery", []field[Recovery]{
	at("rpo", "Time whose data may be lost. At most, and by default, by tier: 5m, 1h, 24h; without a tier 24h.",
		span(time.Second, MaxRecovery), func(r *Recovery) *time.Duration { return &r.RPO }),
	at("rto", "Time that a restore may take. At most, and by default, by tier: 1h, 4h, 24h; without a tier 24h.",
		span(time.Second, MaxRecovery), func(r *Recovery) *time.Duration { return &r.RTO }),
})

// thresholdFields are made from [ThresholdKeys].
func thresholdFields() []field[Thresholds] {
	var fields []field[Thresholds]
	for _, k := range ThresholdKeys() {
		about := k.Meaning + " Default: " + k.Default() + "."
		switch k.Of(new(Thresholds)).(type) {
		case *float64:
			allowed := fmt.Sprintf("a number from %s to %s", decimal(k.Min), decimal(k.Max))
			if k.Min == MinErrorRatio && k.Max == MaxErrorRatio {
				allowed = fmt.Sprintf("a ratio from %v to %v (0.05 is 5 %%)", MinErrorRatio, MaxErrorRatio)
			}
			fields = append(fields, at(k.Key, about, number(allowed, k.Min, k.Max), func(t *Thresholds) *float64 { return k.Of(t).(*float64) }))
		case *time.Duration:
			of := span(k.Least, k.Most)
			if k.Bounds != nil {
				of = latency()
			}
			fields = append(fields, at(k.Key, about, of, func(t *Thresholds) *time.Duration { return k.Of(t).(*time.Duration) }))
		}
	}
	return fields
}

// Default writes the built-in value as the file would.
func (k ThresholdKey) Default() string {
	built := DefaultThresholds()
	switch v := k.Of(&built).(type) {
	case *float64:
		return decimal(*v)
	case *time.Duration:
		return short(*v)
	}
	return ""
}

// latency is a boundary of the duration histogram.
func latency() form[time.Duration] {
	bounds := LatencyBounds()
	words := make([]string, len(bounds))
	for i, b := range bounds {
		words[i] = b.String()
	}
	return duration("a boundary of the duration histogram: "+strings.Join(words, ", "),
		func(v time.Duration) bool { return slices.Contains(bounds, v) })
}
