package release

import (
	"maps"
	"math"
	"slices"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/telemetry"
)

// hair is how far traffic is from a threshold.
const hair = rule.Hair

// pace of the trials, and the evaluations in the window of the recorded series.
const (
	pace   = time.Minute
	window = int(span / pace)
)

// requests are the canary's, or stable's, if that is what side says: so many in 15
// minutes, a share of which fails. One gateway sees HTTP, the other remote procedure
// calls.
func requests(id map[string]string, side string, in15m, bad float64) []rule.Signal {
	http, rpc := telemetry.HTTPRequests.Name, telemetry.RPCRequests.Name
	half := in15m / span.Seconds() / 2
	all := []rule.Signal{
		rule.Count(http, half*(1-bad), counted(id, side, 0, telemetry.Status, "200")),
		rule.Count(rpc, half*(1-bad), counted(id, side, 1, telemetry.Status, "NOT_FOUND")),
	}
	if bad > 0 {
		all = append(all,
			rule.Count(http, half*bad, counted(id, side, 0, telemetry.Status, telemetry.ErrorStatus)),
			rule.Count(rpc, half*bad, counted(id, side, 1, telemetry.Status, "UNAVAILABLE")))
	}
	return all
}

// unread are series of the same service that no rule about canaries may read: all
// requests in them failed. The service exports the one itself, and a gateway that
// knows no canaries counts the other.
func unread(id map[string]string) []rule.Signal {
	name := telemetry.HTTPRequests.Name
	return []rule.Signal{
		rule.Count(name, 1000, with(id, telemetry.Canary, telemetry.CanaryRelease, telemetry.Status, "500", telemetry.Job, "legacy")),
		rule.Count(name, 1000, with(id, telemetry.GatewayInstance, "gateway-2", telemetry.Status, "500")),
	}
}

// durations are the buckets of as many requests, all of which are so fast that their
// 95th percentile is p95 seconds: the bucket that it lies in has all of them, or else
// so many that it does.
func durations(id map[string]string, side string, in15m, p95 float64) []rule.Signal {
	var (
		bounds = telemetry.DurationBounds()
		at, _  = slices.BinarySearch(bounds, p95)
		low    = 0.0
		part   = p95
	)
	if at > 0 {
		low = bounds[at-1]
		part = (p95 - low)
	}
	part /= bounds[at] - low
	// Of all requests, below are at most as slow as low, and upTo as the bucket's bound:
	// below + part * (upTo - below) = 0.95.
	below, upTo := (0.95-part)/(1-part), 1.0
	if part > 0.95 {
		below, upTo = 0, 0.95/part
	}
	return spread(id, side, in15m, func(bound float64) float64 {
		switch {
		case bound < low:
			return 0
		case bound == low:
			return below
		case bound == bounds[at]:
			return upTo
		}
		return 1
	})
}

// spread are the buckets of as many requests, of which atMost tells the share that took
// no longer than a bound.
func spread(id map[string]string, side string, in15m float64, atMost func(bound float64) float64) []rule.Signal {
	var all []rule.Signal
	for i, m := range []telemetry.Metric{telemetry.HTTPRequestDuration, telemetry.RPCRequestDuration} {
		bucket := func(le string, share float64) {
			all = append(all, rule.Count(m.BucketName(), in15m/span.Seconds()/2*share, counted(id, side, i, telemetry.Bucket, le)))
		}
		for _, bound := range telemetry.DurationBounds() {
			le := rule.Number(bound)
			if i > 0 && bound == math.Trunc(bound) {
				le += ".0" // gateways differ in this
			}
			bucket(le, atMost(bound))
		}
		bucket("+Inf", 1)
	}
	return all
}

// heard is a gateway that hears of the side now, and, as time passes, goes on doing
// so; ago is how much later it says that it did.
func heard(id map[string]string, side string, ago time.Duration) rule.Signal {
	return rule.Signal{
		Metric: telemetry.VersionLastSeen.Name, Labels: counted(id, side, 0),
		Level: -ago.Seconds(), Slope: 1, Gauge: true,
	}
}

// always is heard for trials of several phases, in each of which a gauge that grows
// would begin anew: at a time that is after every test.
func always(id map[string]string, side string) rule.Signal {
	return rule.Level(telemetry.VersionLastSeen.Name, (365 * 24 * time.Hour).Seconds(), counted(id, side, 0))
}

// counted are the labels of a series that a gateway counts.
func counted(id map[string]string, side string, gateway int, pairs ...string) map[string]string {
	version := map[string]string{telemetry.CanaryRelease: "1.1.0", telemetry.StableRelease: "1.0.0"}[side]
	return with(with(id, pairs...), telemetry.Canary, side, telemetry.Version, version,
		telemetry.GatewayInstance, []string{"gateway-0", "gateway-1"}[gateway])
}

// with is a copy of the labels with more of them, as name, value, ...
func with(labels map[string]string, pairs ...string) map[string]string {
	all := maps.Clone(labels)
	for i := 0; i < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	return all
}
