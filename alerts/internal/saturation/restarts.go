package saturation

import (
	"fmt"
	"math"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// restartingFor is how long restarts must be too many.
const restartingFor = 5 * time.Minute

// killedForMemory is a query for the containers that the kernel killed last time. It is
// no label of the alert: a container may end now of this and now of that, and each time
// another alert would begin to wait.
const killedForMemory = telemetry.RecordedServiceContainer + "{$selector} and on (" + telemetry.KubeNamespace + ", " + telemetry.KubePod + ", " + telemetry.KubeContainer + ") " +
	"(kube_pod_container_status_last_terminated_reason{" + telemetry.ContainerReason + `="` + telemetry.KilledForMemory + `"} > 0)`

func containerRestarting() rule.Alert {
	return rule.Alert{
		Name: "ContainerRestarting", Severity: catalog.Ticket, Checklist: "PR-098",
		Applies:  hasContainers,
		Presence: telemetry.RecordedServiceRestarts,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s > %s", telemetry.RecordedServiceRestarts, rule.Number(t.Policy.Thresholds.Restarts))
		},
		Wait:    rule.Always(restartingFor),
		Keep:    keep,
		Summary: inContainer + ` was started again {{ $value | printf "%.0f" }} times in the last hour`,
		Description: func(t rule.Target) string {
			return fmt.Sprintf(inContainer+` was started again {{ $value | printf "%%.0f" }} times in the last hour.`+
				" The alert fires above %s, for %s.", rule.Number(t.Policy.Thresholds.Restarts), rule.Short(restartingFor))
		},
		Guide: rule.Guide{
			Meaning: "A container ends, or is ended, again and again.",
			Impact:  "Requests that it was answering fail. With each restart Kubernetes waits longer before the next, up to 5 minutes.",
			Release: true,
			Look: []rule.Look{
				{Question: "Which containers?", Query: telemetry.RecordedServiceRestarts + "{$selector} > 0"},
				{Question: "Had the kernel killed them for memory?", Query: killedForMemory},
				{Question: "How much memory do they use before?", Query: telemetry.RecordedServiceMemoryRatio + "{$selector}"},
				{Question: "Which exceptions are thrown?", Query: `topk(10, sum by (exception_type) (rate(exceptions_total{$selector}[15m])))`},
			},
			Act: []string{
				"kubectl logs --previous shows the last words of the container.",
				"kubectl describe pod shows why it ended: OOMKilled needs memory, or a leak mended; Error is in the log; a failed liveness probe is in the events.",
				"If it began with a release, or with a change of configuration or secrets, undo that.",
			},
		},
		Trial: restartTrial,
	}
}

// restartTrial restarts a container by fractions, of which no multiple lies between
// two whole numbers.
func restartTrial(t rule.Target, id map[string]string) rule.Trial {
	const (
		pace = 30 * time.Second
		hour = int(time.Hour / pace)
		wait = int(restartingFor / pace)
	)
	var (
		c     = containerOf(t.Service, id)
		most  = math.Floor(t.Policy.Thresholds.Restarts)
		each  = 0.0707 * (most + 1)
		rate  = each / pace.Seconds()
		first = int(math.Ceil((most + 0.5) / each))
		fire  = first + wait
		ends  = hour // the evaluation at which too few are left in the hour
		// At the beginning of the hour increase() guesses what the first sample does not see.
		left = func(at int) float64 {
			return math.Round(each * float64(fire-(at-hour+1)) * float64(hour) / float64(hour-1))
		}
	)
	for left(ends) > most {
		ends++
	}
	killed := func(rate float64) []rule.Signal { return c.restarts(rate, telemetry.KilledForMemory) }
	var inTurn []rule.Phase
	for i := range fire + 1 {
		inTurn = append(inTurn, rule.Phase{Evaluations: 1, State: c.restarts(rate, []string{telemetry.KilledForMemory, "Error"}[i%2])})
	}
	return rule.Trial{
		Fire:     killed(rate),
		First:    first,
		Value:    func(at time.Duration) float64 { return math.Round(rate * at.Seconds()) },
		Identity: c.identity,
		Labels:   c.labels,
		Memory:   10,
		More: []rule.Story{
			{
				Name: "stays silent at the threshold",
				Phases: []rule.Phase{
					{Evaluations: 2, State: c.restarts(most/2/pace.Seconds(), "Error")},
					{Evaluations: 2*wait + 12, State: c.restarts(0, "Error")},
				},
				Expect: []rule.Expectation{{At: 2 + wait}, {At: 2 + 2*wait + 12}},
			},
			{
				Name:   "fires when the container ends of one thing and another in turn",
				Phases: inTurn,
				Expect: []rule.Expectation{{At: fire - 1}, {At: fire, Fires: true, Value: math.Round(each * float64(fire))}},
			},
			{
				Name: "resolves some time after the hour with so many restarts",
				Phases: []rule.Phase{
					{Evaluations: fire, State: killed(rate)},
					{Evaluations: ends - fire + 2*wait, State: killed(0)},
				},
				Expect: []rule.Expectation{{At: ends + int(keep/pace) - 1, Fires: true, Value: left(ends - 1)}, {At: ends + int(keep/pace)}},
			},
		},
	}
}
