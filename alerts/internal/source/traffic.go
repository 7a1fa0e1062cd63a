package source

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/telemetry"
)

// gateways are the two that count in trials, each half of the traffic and a release
// of its own: rules must add them up. In the same way, a service that is counted
// elsewhere has two instances.
var gateways = []string{"gateway-0", "gateway-1"}

// Requests are the signals of so many requests per second to a service, a share of
// which fails, for trials. A service that never failed has no series of errors. Beside
// them are series of the same names and identity that no rule may read: all requests
// in them failed.
func Requests(t rule.Target, identity map[string]string, perSecond, bad float64) []rule.Signal {
	bad = min(bad, 1)
	if t.Service != nil && Elsewhere(*t.Service) {
		return foreignRequests(t, identity, perSecond, bad)
	}
	http, rpc := telemetry.HTTPRequests.Name, telemetry.RPCRequests.Name
	// One gateway sees HTTP, and an error without a code; the other, remote procedure
	// calls. The service itself exports series of the checklist's name.
	all := []rule.Signal{
		rule.Count(http, 1000, rule.With(identity, telemetry.Job, "legacy", telemetry.Status, "500")),
		rule.Count(http, perSecond*(1-bad)/2, counted(identity, 0, telemetry.Status, "200")),
		rule.Count(rpc, perSecond*(1-bad)/2, counted(identity, 1, telemetry.System, "grpc", telemetry.Status, "NOT_FOUND")),
	}
	if bad > 0 {
		all = append(all,
			rule.Count(http, perSecond*bad/2, counted(identity, 0, telemetry.Status, telemetry.ErrorStatus)),
			rule.Count(rpc, perSecond*bad/2, counted(identity, 1, telemetry.System, "grpc", telemetry.Status, "UNAVAILABLE")))
	}
	return all
}

// Durations are Requests that do not fail, and their Buckets.
func Durations(t rule.Target, identity map[string]string, perSecond, slow float64, bound time.Duration) []rule.Signal {
	return append(Requests(t, identity, perSecond, 0), Buckets(t, identity, perSecond, slow, bound)...)
}

// Buckets are the buckets, around a bound, of the duration of so many requests per
// second, a share of which is slow: fast ones lie at the bound or below, slow ones
// spread evenly up to the next, and where all are slow, beyond the last. Whole bounds
// are spelled 1 and 1.0.
func Buckets(t rule.Target, identity map[string]string, perSecond, slow float64, bound time.Duration) []rule.Signal {
	bounds := telemetry.DurationBounds()
	at := slices.Index(bounds, bound.Seconds())
	bounded := perSecond
	if slow == 1 {
		bounded = 0
	}
	var all []rule.Signal
	for i, h := range histograms(t, identity) {
		bucket := func(le string, rate float64) {
			all = append(all, rule.Count(h.name, rate/2, rule.With(h.labels, telemetry.Bucket, le)))
		}
		spelled := func(v float64) string { return spell(v*h.unit, i) }
		if at > 0 {
			bucket(spelled(bounds[at-1]), 0)
		}
		bucket(spelled(bounds[at]), perSecond*(1-slow))
		bucket(spelled(bounds[at+1]), bounded)
		if last := len(bounds) - 1; at+1 < last {
			bucket(spelled(bounds[last]), bounded)
		}
		bucket("+Inf", perSecond)
	}
	return append(all, rule.Count(telemetry.HTTPRequestDuration.BucketName(), 1000, notRead(t, identity, telemetry.Bucket, "+Inf")))
}

// histogram is where one of the two halves of the traffic is.
type histogram struct {
	name   string
	labels map[string]string
	unit   float64 // bounds for each second
}

func histograms(t rule.Target, identity map[string]string) []histogram {
	if t.Service == nil || !Elsewhere(*t.Service) {
		return []histogram{
			{telemetry.HTTPRequestDuration.BucketName(), counted(identity, 0), 1},
			{telemetry.RPCRequestDuration.BucketName(), counted(identity, 1), 1},
		}
	}
	p := profiles()[t.Service.Metrics.Profile]
	all := make([]histogram, 2)
	for i := range all {
		m := p.durations[i%len(p.durations)]
		unit := 1.0
		if m.Unit == "ms" {
			unit = 1000
		}
		all[i] = histogram{m.BucketName(), instance(t, i, p.good), unit}
	}
	return all
}

// notRead are labels of series of the checklist's names that are not the source's.
func notRead(t rule.Target, identity map[string]string, pairs ...string) map[string]string {
	if t.Service != nil && Elsewhere(*t.Service) {
		return counted(identity, 0, pairs...)
	}
	return rule.With(rule.With(identity, pairs...), telemetry.Job, "legacy")
}

func foreignRequests(t rule.Target, identity map[string]string, perSecond, bad float64) []rule.Signal {
	p := profiles()[t.Service.Metrics.Profile]
	all := []rule.Signal{rule.Count(telemetry.HTTPRequests.Name, 1000, counted(identity, 0, telemetry.Status, "500"))}
	if p.others != nil {
		others := maps.Clone(identity) // the gateway's own among them are about somebody
		maps.Copy(others, instance(t, 0, p.others))
		all = append(all, rule.Count(p.counter, 1000, others))
	}
	if len(t.Service.Environments) > 0 {
		all = append(all, rule.Count(p.counter, 1000, rule.With(instance(t, 0, p.bad[0]), p.environment, "another-environment")))
	}
	for i := range 2 {
		all = append(all, rule.Count(p.counter, perSecond*(1-bad)/2, instance(t, i, p.good)))
		if bad > 0 {
			all = append(all, rule.Count(p.counter, perSecond*bad/2, instance(t, i, p.bad[i%len(p.bad)])))
		}
	}
	return all
}

// instance has the labels of an instance of a service that is counted elsewhere.
func instance(t rule.Target, i int, more map[string]string) map[string]string {
	all := rule.With(more, telemetry.Instance, []string{"192.0.2.1:8080", "192.0.2.2:8080"}[i])
	for _, m := range chosen(*t.Service, true) {
		all[m.Name] = m.Value
		if m.Type == labels.MatchRegexp {
			all[m.Name] = t.Service.Name // in any namespace
		}
	}
	return all
}

func spell(bound float64, i int) string {
	le := rule.Number(bound)
	if i == 1 && !strings.Contains(le, ".") {
		le += ".0"
	}
	return le
}

// counted are the labels of a series that a gateway counts.
func counted(identity map[string]string, gateway int, pairs ...string) map[string]string {
	return rule.With(rule.With(identity, pairs...), telemetry.GatewayInstance, gateways[gateway], telemetry.Version, []string{"1.0.0", "1.1.0"}[gateway])
}
