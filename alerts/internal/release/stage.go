package release

import (
	"fmt"
	"math"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// grace is how much longer than it is to be watched a stage may last: somebody must
// look, and decide.
const grace = 30 * time.Minute

// stage is a stage of a rollout, and the shares of traffic by which it is known:
// above From, and up to To. Below and Beyond are the borders to its neighbours.
type stage struct {
	catalog.Stage
	From, To, Below, Beyond float64
}

// stages are those of a canary but the last, which has nothing to wait for. Nothing
// routes exactly, so a stage reaches nearly half of the way to the next.
func stages(s catalog.Service) []rule.Item {
	const reach = 0.45
	if s.Rollout == nil || s.Rollout.Strategy != "canary" {
		return nil
	}
	var all []rule.Item
	plan := s.Rollout.Stages
	for i := 0; i+1 < len(plan); i++ {
		at, next := plan[i].Percent/100, plan[i+1].Percent/100
		known := stage{Stage: plan[i], To: tidy(at + reach*(next-at)), Beyond: (at + next) / 2}
		if i > 0 {
			before := plan[i-1].Percent / 100
			known.From, known.Below = tidy(at-reach*(at-before)), (at+before)/2
		}
		name := rule.Number(plan[i].Percent) + " %"
		all = append(all, rule.Item{Name: name, Labels: map[string]string{"stage": name}, Value: known})
	}
	return all
}

// tidy drops what binary fractions add.
func tidy(v float64) float64 { return math.Round(v*1e9) / 1e9 }

func canaryStageOverdue() rule.Alert {
	of := func(t rule.Target) stage { return t.Item.(stage) }
	wait := func(t rule.Target) time.Duration { return of(t).Watch + grace }
	return rule.Alert{
		Name: "CanaryStageOverdue", Severity: catalog.Digest, Checklist: "PR-026",
		Items: stages,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s > %s and %s <= %s", telemetry.CanaryShare, rule.Number(of(t).From), telemetry.CanaryShare, rule.Number(of(t).To))
		},
		Wait:    wait,
		Summary: "The canary of " + rule.Where + " stays at {{ $value | humanizePercentage }} of the traffic",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("The canary of "+rule.Where+" gets {{ $value | humanizePercentage }} of the requests, which is the stage of %s %%. It was there for %s;"+
				" by the services file it is watched for %s, and then goes on or goes back.",
				rule.Number(of(t).Percent), rule.Short(wait(t)), rule.Short(of(t).Watch))
		},
		Guide: rule.Guide{
			Meaning: "A rollout stopped halfway: nobody promoted the canary, and nobody took it back.",
			Impact:  "Two versions serve users. The next release meets a state that nobody expects.",
			Look: []rule.Look{
				{Question: "How did its share develop?", Query: telemetry.CanaryShare + "{$selector}"},
				{Question: "Is the canary worse than stable?", Query: telemetry.CanaryErrorDelta + "{$selector}"},
				{Question: "Which versions serve requests?", Query: `sum by (version, canary) (rate(http_requests_total{$selector}[15m]))`},
			},
			Act: []string{
				"If the canary is as good as stable, promote it to the next stage.",
				"If not, or if nobody knows, roll it back.",
				"If the pipeline waits for an approval, give or refuse it.",
			},
		},
		Trial: stageTrial,
	}
}
