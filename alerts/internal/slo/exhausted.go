package slo

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/slo"
	"github.com/readygate/readygate/internal/telemetry"
)

// exhausted tells that the objective of 30 days is missed. Its value is how many
// error budgets were spent, so that what remains of one is 1 less the value. A budget
// of the requests of some hours is spent by any mishap, so it waits for a day of them.
func exhausted() rule.Alert {
	const wait = 5 * time.Minute
	return rule.Alert{
		Name: "ErrorBudgetExhausted", Severity: catalog.Ticket, Checklist: "PR-038",
		Presence: telemetry.SLOErrorRatio30d,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s / %s > 1 and %s >= %d and %[3]s offset 1d", telemetry.SLOErrorRatio30d, budget(t.Policy.SLO.Availability),
				telemetry.SLOErrors30d, slo.MinErrors)
		},
		Wait:    rule.Always(wait),
		Keep:    keepSlow,
		Summary: rule.Where + " has no error budget left: {{ $value | humanizePercentage }} is spent",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("The objective of "+rule.Where+" is that %s, over 30 days. More failed in the last 30 days, or in as many of them as are recorded, which is a day at least:"+
				" {{ $value | humanizePercentage }} of what may fail. The alert fires above 100 %%, for %s, from %d failed requests on.",
				availability().promise(t.Policy.SLO), rule.Short(wait), slo.MinErrors)
		},
		Guide: rule.Guide{
			Meaning: "The objective of the service is missed. The fault may be over: then ErrorBudgetBurnFast and ErrorBudgetBurnSlow are silent, and what is left is a debt that fades as the bad hours become older than 30 days.",
			Impact:  "Users have seen more errors than they were promised.",
			Look: []rule.Look{
				{Question: "When did it happen?", Query: telemetry.SLOErrorsHourly + "{$selector}"},
				{Question: "Does it go on?", Query: telemetry.RecordedErrorRatio + "{$selector}"},
				{Question: "How much failed?", Query: telemetry.SLOErrors30d + "{$selector}"},
			},
			Act: []string{
				"Do what was agreed for this case. Usual is: no releases but those that make the service more reliable, until there is a budget again.",
				"Write down what spent the budget: the hours with most failures, and why.",
				"If nobody minded, the objective is too strict: agree on another in the services file.",
			},
		},
		Trial: exhaustedTrial,
	}
}
