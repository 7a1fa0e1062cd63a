package release

import (
	"slices"
	"time"

	"github.com/prometheus/common/model"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// before is how many evaluations before the release a trial begins.
const before = 20

// released is when it is made, in seconds since evaluation 0.
const released = before * int(pace/time.Second)

// version is a version that a gateway first heard of so many seconds after evaluation 0.
func version(id map[string]string, name, gateway string, at int) rule.Signal {
	return rule.Level(telemetry.VersionFirstSeen.Name, float64(at), with(id, telemetry.Version, name, telemetry.GatewayInstance, gateway))
}

// release are two versions, of which one gateway knows the old one for just long
// enough. The other gateway came later, and heard of both.
func release(id map[string]string) []rule.Signal {
	known := settled.Seconds() * (1 + hair)
	return []rule.Signal{
		version(id, "1.0.0", "gateway-0", released-int(known)),
		version(id, "1.0.0", "gateway-1", released),
		version(id, "1.1.0", "gateway-0", released),
		version(id, "1.1.0", "gateway-1", released),
	}
}

// rollout is the time before the release, which every trial begins with.
func rollout(id map[string]string) []rule.Phase {
	return []rule.Phase{{Evaluations: before, State: release(id)[:1]}}
}

func deployTrial(t rule.Target, id map[string]string) rule.Trial {
	const wait, keep = 5 * time.Minute, 5 * time.Minute
	var (
		n         = t.Policy.Thresholds
		high, low = n.ReleaseErrorRatio * (1 + hair), n.ReleaseErrorRatio * (1 - hair)
		rate      = n.MinRequestRate * (1 + hair)
		errors    = fewErrors * (1 + hair)
		requests  = func(ratio, rate, errors float64) []rule.Signal {
			return []rule.Signal{
				rule.Level(telemetry.RecordedErrorRatio, ratio, id),
				rule.Level(telemetry.RecordedRequests, rate, id),
				rule.Level(telemetry.RecordedErrorsHourly, errors, id),
			}
		}
		bad  = requests(high, rate, errors)
		fire = before + 1 + evaluations(wait)
		stay = func(name string, phases ...rule.Phase) rule.Story {
			last := 0
			for _, p := range phases {
				last += p.Evaluations
			}
			return rule.Story{Name: name, Phases: phases, Expect: []rule.Expectation{{At: last}}}
		}
	)
	trial := rule.Trial{
		Pace:    pace,
		Before:  rollout(id),
		Fire:    append(bad, release(id)...),
		Near:    append(requests(low, rate, errors), release(id)...),
		Calm:    append(requests(0, rate, errors), release(id)...),
		Guarded: append(requests(1, n.MinRequestRate*(1-hair), errors), release(id)...),
		First:   1,
		Value:   rule.Steady(high),
		Memory:  6,
		More: []rule.Story{
			stay("stays silent at so few errors that they may be one client's",
				rollout(id)[0], rule.Phase{Evaluations: fire + 5, State: append(requests(1, rate, fewErrors*(1-hair)), release(id)...)}),
			stay("stays silent without a release",
				rule.Phase{Evaluations: fire + 5, State: append(requests(1, rate, 100), release(id)[:2]...)}),
			// The gateway is as young as the versions are to it.
			stay("stays silent when a new gateway hears of every version for the first time",
				rule.Phase{Evaluations: fire + 5, State: append(requests(1, rate, 100), version(id, "1.0.0", "gateway-0", 0), version(id, "1.1.0", "gateway-0", int(settled.Seconds()*(1-hair))))}),
			// What it knew before is remembered for it.
			stay("stays silent when a gateway begins anew and hears of every version again",
				rule.Phase{Evaluations: before, State: append(requests(0, rate, 0), version(id, "0.9.0", "gateway-0", 0), version(id, "1.0.0", "gateway-0", 0))},
				rule.Phase{Evaluations: fire + 5, State: append(requests(1, rate, 100), version(id, "1.0.0", "gateway-1", released))}),
		},
	}
	trial.More = append(trial.More, forgotten(n, id, bad, evaluations(keep), high)...)
	return trial
}

// forgotten is the end of the time in which a release is watched: the trouble goes
// on, and another alert has to tell of it.
func forgotten(n catalog.Thresholds, id map[string]string, trouble []rule.Signal, keep int, value float64) []rule.Story {
	over := before + int((n.ReleaseWatch+pace-1)/pace)
	return []rule.Story{{
		Name:   "ends when the release is not young any more",
		Phases: []rule.Phase{rollout(id)[0], {Evaluations: over + keep - before, State: slices.Concat(trouble, release(id))}},
		Expect: []rule.Expectation{{At: over + keep - 1, Fires: true, Value: value}, {At: over + keep}},
	}}
}

func duringTrial(t rule.Target, id map[string]string) rule.Trial {
	const keep = 5 * time.Minute
	alert := func(name, severity, state string) rule.Signal {
		return rule.Level("ALERTS", 1, with(id, model.AlertNameLabel, name, rule.LabelSeverity, severity, "alertstate", state))
	}
	const firing, page = "firing", string(catalog.Page)
	two := []rule.Signal{alert("HighErrorRate", page, firing), alert("ServiceDown", page, firing)}
	none := []rule.Signal{alert("HighErrorRate", page, "pending"), alert("SlowResponseTime", string(catalog.Ticket), firing)}
	with := func(alerts []rule.Signal) []rule.Signal { return slices.Concat(alerts, release(id)) }
	return rule.Trial{
		Pace:   pace,
		Before: rollout(id),
		Fire:   with(append(two[:2:2], none[1])),
		Near:   with(none),
		// What is not in a phase is remembered for some minutes.
		Calm:   with(none),
		Linger: 4,
		First:  1,
		Value:  rule.Steady(2),
		Memory: 6,
		More:   forgotten(t.Policy.Thresholds, id, two, evaluations(keep), 2),
	}
}
