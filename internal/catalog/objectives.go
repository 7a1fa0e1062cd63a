package catalog

import "time"

// SLO is what users of a service may expect, over 30 days.
type SLO struct {
	// Availability is the share of requests that must not fail: below 1, because an
	// objective of 1 has no error budget, and every error would burn it.
	Availability float64
	// Latency is the duration, one of [LatencyBounds], within which LatencyRatio of
	// the requests must be answered.
	Latency      time.Duration
	LatencyRatio float64
}

// DefaultSLO of a tier. The checklist names no availability; it says p95 below the
// SLO, and 1 s in its alert, so 95 % within 1 s. The availabilities are the ones in
// common use for such tiers: 43 minutes, 3.6 hours and 7.2 hours of 30 days.
func DefaultSLO(tier Tier) SLO {
	slo := SLO{Availability: 0.99, Latency: time.Second, LatencyRatio: 0.95}
	switch tier {
	case Critical:
		slo.Availability = 0.999
	case Important:
		slo.Availability = 0.995
	}
	return slo
}

// Recovery is how much data may be lost, and how long a restore may take.
type Recovery struct{ RPO, RTO time.Duration }

// DefaultRecovery of a tier: the checklist's, section 6. A service without a tier
// has the targets of non-critical ones.
func DefaultRecovery(tier Tier) Recovery {
	switch tier {
	case Critical:
		return Recovery{RPO: 5 * time.Minute, RTO: time.Hour}
	case Important:
		return Recovery{RPO: time.Hour, RTO: 4 * time.Hour}
	}
	return Recovery{RPO: 24 * time.Hour, RTO: 24 * time.Hour}
}
