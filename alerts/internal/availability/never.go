package availability

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// neverFor is how long a service may take to be seen first, after a change of the
// services file.
const neverFor = 30 * time.Minute

func serviceNeverSeen() rule.Alert {
	return rule.Alert{
		Name: "ServiceNeverSeen", Severity: catalog.Ticket, Checklist: "PR-038",
		Declared: true,
		// A rule that several services shared would be satisfied by any of them.
		Each:     true,
		Presence: telemetry.RecordedLastHeard,
		Condition: func(rule.Target) string {
			return fmt.Sprintf("absent_over_time(%s[%s]) and absent_over_time(%s[%s])", telemetry.RecordedLastHeard, memory, telemetry.RecordedUp, memory)
		},
		Wait:    rule.Always(neverFor),
		Summary: rule.Where + " was never seen",
		Description: rule.Always("The services file declares " + rule.Where + ", and nothing was heard of it for a day. The alert fires after " +
			rule.Short(neverFor) + "."),
		Guide: rule.Guide{
			Meaning: "A service of the services file sends no telemetry under that name, and Prometheus does not reach it.",
			Impact:  "If the service runs, nobody watches it: none of its alerts can fire.",
			Look: []rule.Look{
				{Question: "Which services are heard?", Query: telemetry.RecordedLastHeard},
				{Question: "Which jobs does Prometheus scrape?", Query: "count by (job) (up)"},
			},
			Act: []string{
				"Compare the name, namespace and environments in the services file with service.name, service.namespace and deployment.environment.name of what it sends; one letter is enough.",
				"If it has another profile of metrics, try its selector: `metrics.match` in the services file must fit the labels that the series have.",
				"If it does not run yet, or any more, remove the entry, or the environment.",
			},
		},
		Trial: neverTrial,
	}
}

func neverTrial(t rule.Target, id map[string]string) rule.Trial {
	const slow = 30 * time.Minute
	s := *t.Service
	seen := seen(t, id)
	trial := rule.Trial{
		Pace:     pace,
		Identity: source.Identity(s),
		Fire:     []rule.Signal{},
		Calm:     seen,
		Value:    rule.Steady(1),
		Outlives: true,
		Unheard: &rule.Unheard{
			Identity: source.Identity(s),
			Holds:    func(time.Time, time.Time) (float64, bool) { return 1, true },
		},
		More: []rule.Story{{
			Name: "fires a day after it was last heard of", Pace: slow,
			Phases: []rule.Phase{{Evaluations: 2, State: seen}, {Evaluations: 50}},
			Expect: []rule.Expectation{{At: 2 + 48}, {At: 2 + 49, Fires: true, Value: 1}},
		}},
	}
	if source.Elsewhere(s) {
		trial.Calm = nil // a counter that is born shows 0 one evaluation earlier
	}
	if isScraped(s) {
		trial.More = append(trial.More, rule.Story{
			Name:   "stays silent about a service that is scraped",
			Phases: []rule.Phase{{Evaluations: 60, State: targets(t, id, 0, 0)}},
			Expect: []rule.Expectation{{At: 60}},
		})
	}
	return trial
}
