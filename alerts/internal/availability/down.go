package availability

import (
	"fmt"
	"maps"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// downLook are the questions about a service that cannot be reached.
func downLook() []rule.Look {
	return []rule.Look{
		{Question: "When could it last be reached? The value is how many seconds ago; there is none if that was more than a day ago.", Query: "time() - max_over_time(timestamp(" + telemetry.RecordedUp + "{$selector} == 1)[1d:1m])"},
		{Question: "Does it still serve requests? Then only its metrics cannot be read.", Query: telemetry.RecordedRequests + "{$selector}"},
		{Question: "Are other services down, too?", Query: telemetry.RecordedUp + " == 0"},
	}
}

func serviceDown() rule.Alert {
	return rule.Alert{
		Name: "ServiceDown", Severity: catalog.Page, Checklist: "PR-038",
		Presence:  telemetry.RecordedUp,
		Condition: func(rule.Target) string { return telemetry.RecordedUp + " == 0" },
		Wait:      func(t rule.Target) time.Duration { return t.Policy.Thresholds.DownFor },
		Summary:   rule.Where + " is down",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("Prometheus cannot reach any instance of "+rule.Where+", or finds none any more. The alert fires after %s.",
				rule.Short(t.Policy.Thresholds.DownFor))
		},
		Guide: rule.Guide{
			Meaning: "No instance of the service answers Prometheus.",
			Impact:  "Most likely users cannot use the service at all.",
			Release: true,
			Look:    downLook(),
			Act: []string{
				"Look at whether its processes run, and why the last ones ended: in Kubernetes, the events of its pods and the log of the container before.",
				"If they run, ask one for its metrics yourself, from where Prometheus is. If that works, look at network policies, certificates and the scrape configuration.",
				"If many services are down, look at what they share: a node, a zone, the network, DNS.",
				"If nothing is left of it because it was removed, remove it from the services file as well; otherwise the alert goes on for six hours.",
			},
		},
		Trial: downTrial,
	}
}

// pace of the unit tests is that of the group.
const pace = time.Minute

const instanceA, instanceB = "192.0.2.1:8080", "192.0.2.2:8080"

// targets are the series up of two instances of a service, and, of one that is not
// declared with a scrape job, the gateway's of its being heard of.
func targets(t rule.Target, id map[string]string, a, b float64) []rule.Signal {
	who := id
	if identity := recorded(t); identity != nil {
		who = identity
	}
	job := who[telemetry.Service]
	if namespace := who[telemetry.ServiceNamespace]; namespace != "" {
		job = namespace + "/" + job
	}
	all := []rule.Signal{}
	declared := t.Service != nil && isScraped(*t.Service)
	if declared {
		job = t.Service.Metrics.ScrapeJob
	} else {
		all = append(all, seen(t, id)...)
	}
	of := func(instance string, up float64) rule.Signal {
		series := map[string]string{telemetry.Job: job, telemetry.Instance: instance}
		if environment := id[telemetry.Environment]; environment != "" {
			series[telemetry.Environment] = environment
		}
		return rule.Level(telemetry.Up.Name, up, series)
	}
	if declared && len(t.Service.Environments) > 0 {
		all = append(all, rule.Level(telemetry.Up.Name, 1, map[string]string{
			telemetry.Job: job, telemetry.Instance: "192.0.2.3:8080", telemetry.Environment: "another-environment",
		}))
	}
	return append(all, of(instanceA, a), of(instanceB, b))
}

// recorded are the labels of the recorded series of a service with a scrape job, or
// with another profile of metrics; nil for those of the subject.
func recorded(t rule.Target) map[string]string {
	if t.Service != nil && isScraped(*t.Service) {
		return source.Identity(*t.Service)
	}
	return source.Recorded(t)
}

func downTrial(t rule.Target, id map[string]string) rule.Trial {
	var (
		declared = t.Service != nil && isScraped(*t.Service)
		wait     = evaluations(t.Policy.Thresholds.DownFor)
		lookback = evaluations(5 * time.Minute) // for so long Prometheus remembers what is gone
	)
	trial := rule.Trial{
		Pace:     pace,
		Identity: recorded(t),
		Fire:     targets(t, id, 0, 0),
		Near:     targets(t, id, 0, 1),
		Calm:     targets(t, id, 1, 0),
		Value:    rule.Steady(0),
		Memory:   lookback,
		Outlives: declared,
	}
	if t.Service == nil {
		trial.More = scattered(id[telemetry.Service], wait)
	}
	if !declared {
		return trial
	}
	trial.Everywhere = true
	const slow = 30 * time.Minute
	trial.More = []rule.Story{
		{
			Name:   "fires when there are no targets any more",
			Phases: []rule.Phase{{Evaluations: 10, State: targets(t, id, 1, 1)}, {Evaluations: lookback + wait}},
			Expect: []rule.Expectation{{At: 9 + lookback + wait}, {At: 10 + lookback + wait, Fires: true}},
		},
		{
			Name: "forgets after six hours what is gone", Pace: slow,
			Phases: []rule.Phase{{Evaluations: 14, State: targets(t, id, 1, 1)}, {Evaluations: 14}},
			Expect: []rule.Expectation{{At: 14 + 11, Fires: true}, {At: 14 + 12}},
		},
	}
	return trial
}

// scattered are the stories of a service with targets in several jobs, or in several
// namespaces of Kubernetes, which are called as it: one is down, then all are. Targets are
// joined in another way for each that has a namespace, or an environment, or not.
func scattered(name string, wait int) []rule.Story {
	const late = 12
	story := func(namespace, environment, told string) rule.Story {
		id := map[string]string{telemetry.Service: name}
		places := []map[string]string{
			{telemetry.Job: name, telemetry.KubeNamespace: "somewhere"},
			{telemetry.Job: name, telemetry.KubeNamespace: "somewhere-else"},
		}
		if namespace != "" {
			id[telemetry.ServiceNamespace] = namespace
			places = []map[string]string{
				{telemetry.Job: namespace + "/" + name},
				{telemetry.Job: name, telemetry.KubeNamespace: namespace},
			}
		}
		if environment != "" {
			id[telemetry.Environment] = environment
		}
		state := func(last float64) []rule.Signal {
			all := []rule.Signal{heard(id, "1.0.0", 1)}
			for i, place := range places {
				series := maps.Clone(place)
				series[telemetry.Instance] = instanceA
				if environment != "" {
					series[telemetry.Environment] = environment
				}
				all = append(all, rule.Level(telemetry.Up.Name, last*float64(i), series))
			}
			return all
		}
		return rule.Story{
			Name: "fires once all targets of the name are down, " + told, Identity: id,
			Phases: []rule.Phase{{Evaluations: wait + late, State: state(1)}, {Evaluations: 1 + wait, State: state(0)}},
			Expect: []rule.Expectation{{At: wait + late}, {At: wait + late + 1 + wait, Fires: true}},
		}
	}
	return []rule.Story{
		story("", "", "in any namespace"),
		story("shop", "", "in its namespace"),
		story("", "production", "in its environment"),
		story("shop", "production", "in its namespace and environment"),
	}
}

// instanceFor is how long an instance may be down while the service is not: longer than
// a restart takes.
const instanceFor = 5 * time.Minute

func instanceDown() rule.Alert {
	return rule.Alert{
		Name: "InstanceDown", Severity: catalog.Ticket, Checklist: "PR-038",
		Declared: true,
		Applies:  isScraped,
		Presence: telemetry.RecordedInstanceUp,
		Condition: func(rule.Target) string {
			return fmt.Sprintf("%s == 0 and on (%s) %s == 1", telemetry.RecordedInstanceUp, rule.Identity(), telemetry.RecordedUp)
		},
		Wait:    rule.Always(instanceFor),
		Summary: "The instance {{ $labels.instance }} of " + rule.Where + " is down",
		Description: rule.Always("Prometheus cannot reach {{ $labels.instance }} of " + rule.Where +
			", while it reaches others. The alert fires after " + rule.Short(instanceFor) + "."),
		Guide: rule.Guide{
			Meaning: "An instance of the service does not answer Prometheus, others do.",
			Impact:  "None yet, if the load balancer leaves it out. There is less room for the next one that fails.",
			Look: []rule.Look{
				{Question: "Which instances are down?", Query: telemetry.RecordedInstanceUp + "{$selector} == 0"},
				{Question: "Do requests fail?", Query: telemetry.RecordedErrorRatio + "{$selector}"},
			},
			Act: []string{
				"Look at the machine or the node that it runs on, and why its process ended.",
				"If it was removed on purpose, remove it from the scrape configuration.",
			},
		},
		Trial: func(t rule.Target, id map[string]string) rule.Trial {
			return rule.Trial{
				Pace:     pace,
				Identity: recorded(t),
				Labels:   map[string]string{telemetry.Instance: instanceA},
				Fire:     targets(t, id, 0, 1),
				Near:     targets(t, id, 0, 0), // that is ServiceDown
				Calm:     targets(t, id, 1, 1),
				Value:    rule.Steady(0),
				Memory:   5,
			}
		},
	}
}
