package red

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// usual is the traffic that is to be expected: the lesser of a day and a week ago, so
// that neither a Saturday after a Friday nor the day after a campaign is a drop. A
// service younger than a week has only its yesterday; one that was down then, its last
// week.
func usual() rule.Recording {
	day, week := telemetry.RecordedRequests+" offset 1d", telemetry.RecordedRequests+" offset 1w"
	return rule.Recording{
		Name: telemetry.RecordedUsualRequests, Carries: telemetry.ServiceIdentity(),
		Expr: fmt.Sprintf("%s < %s or %s or %s", day, week, week, day),
	}
}

// requestRateDropped does not take a service without any series for one without
// requests: that is ServiceTelemetryAbsent, and a service that was removed would be
// missed for a week.
func requestRateDropped() rule.Alert {
	return rule.Alert{
		Name: "RequestRateDropped", Severity: catalog.Ticket, Checklist: "PR-038",
		Presence: telemetry.RecordedRequests,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s < %s * %s and %s > %s", telemetry.RecordedRequests, rule.Number(t.Policy.Thresholds.DropRatio),
				telemetry.RecordedUsualRequests, telemetry.RecordedUsualRequests, rule.Number(t.Policy.Thresholds.DropMinRate))
		},
		Wait:    func(t rule.Target) time.Duration { return t.Policy.Thresholds.DropFor },
		Keep:    10 * time.Minute,
		Summary: rule.Where + ` gets unusually few requests: {{ $value | printf "%.2f" }} per second`,
		Description: func(t rule.Target) string {
			return fmt.Sprintf(`{{ $value | printf "%%.2f" }} requests per second to `+rule.Where+
				" over the last 5 minutes are less than %s of those at the same time a day ago, and a week ago. The alert fires where both"+
				" are above %s requests per second, for %s.",
				rule.Percent(t.Policy.Thresholds.DropRatio), rule.Number(t.Policy.Thresholds.DropMinRate), rule.Short(t.Policy.Thresholds.DropFor))
		},
		Guide: rule.Guide{
			Meaning: "Requests that usually come at this time do not. What does not arrive cannot fail: no other alert about requests sees it.",
			Impact:  "Users may not reach the service at all; or they have no reason to, such as a holiday.",
			Release: true,
			Look: []rule.Look{
				{Question: "How much is missing, and since when?", Query: telemetry.RecordedRequests + `{$selector} / ` + telemetry.RecordedUsualRequests + `{$selector}`},
				{Question: "Which endpoints, or methods of remote procedure calls, are asked less than yesterday?", Query: `bottomk(10, sum by (endpoint, method) (rate(http_requests_total{$selector}[5m]) or rate(rpc_requests_total{$selector}[5m])) - sum by (endpoint, method) (rate(http_requests_total{$selector}[5m] offset 1d) or rate(rpc_requests_total{$selector}[5m] offset 1d)))`},
				{Question: "Do other services miss requests, too?", Query: telemetry.RecordedRequests + ` < 0.5 * ` + telemetry.RecordedUsualRequests},
			},
			Act: []string{
				"If every service misses requests, look at what is in front of them: DNS, certificates, the load balancer, the content delivery network, the network.",
				"If one endpoint is asked less, look at who calls it: a client may have been released, a feature switched off.",
				"If callers fail before they ask, their DependencyErrors say so.",
				"If the day explains it, a holiday or the end of a campaign, silence the alert until tomorrow; in a week it compares with today, too.",
			},
		},
		Trial: dropTrial,
	}
}

// dropTrial has a pace of ten minutes, because its stories begin with a day of history,
// and one of an hour where they begin with a week.
func dropTrial(t rule.Target, id map[string]string) rule.Trial {
	const pace, slow = 10 * time.Minute, time.Hour
	var (
		n           = t.Policy.Thresholds
		day         = int(24 * time.Hour / pace)
		wait        = int((n.DropFor + pace - 1) / pace)
		weekday     = int(24 * time.Hour / slow)
		longer      = int((n.DropFor + slow - 1) / slow)
		base        = max(1, 20*n.DropMinRate)
		over, under = n.DropRatio * (1 + hair), n.DropRatio * (1 - hair)
	)
	traffic := func(perSecond float64) []rule.Signal { return source.Requests(t, id, perSecond, 0) }
	lasting := func(evaluations int, perSecond float64) rule.Phase {
		return rule.Phase{Evaluations: evaluations, State: traffic(perSecond)}
	}
	at := func(evaluation int) rule.Expectation { return rule.Expectation{At: evaluation} }
	fires := func(evaluation int, perSecond float64) rule.Expectation {
		return rule.Expectation{At: evaluation, Fires: true, Value: perSecond}
	}
	// The lesser of a week and a day ago is 1.
	week := func(weekAgo, dayAgo, now float64) []rule.Phase {
		return []rule.Phase{lasting(weekday, base*weekAgo), lasting(6*weekday, base*dayAgo), lasting(longer+1, base*now)}
	}
	return rule.Trial{
		Pace: pace, Step: 150 * time.Second,
		Identity:   source.Recorded(t),
		Everywhere: source.Recorded(t) != nil, // the profiles differ
		Before:     []rule.Phase{lasting(day, base)},
		Fire:       traffic(base * under),
		Near:       traffic(base * over),
		Calm:       traffic(base),
		First:      1,
		Value:      rule.Steady(base * under),
		More: []rule.Story{
			{
				Name:   "fires where there was just enough traffic to be missed",
				Phases: []rule.Phase{lasting(day, n.DropMinRate*(1+hair)), lasting(wait+1, 0)},
				Expect: []rule.Expectation{at(day), fires(day+1+wait, 0)},
			},
			{
				Name:   "stays silent where there was too little traffic to be missed",
				Phases: []rule.Phase{lasting(day, n.DropMinRate*(1-hair)), lasting(wait+1, 0)},
				Expect: []rule.Expectation{at(day + 1 + wait)},
			},
			{
				Name:   "stays silent on the first day",
				Phases: []rule.Phase{lasting(day/2, base), lasting(day/4, 0)},
				Expect: []rule.Expectation{at(day/2 + 1 + wait), at(3 * day / 4)},
			},
			{
				Name: "fires just below the share of a day ago, when a week ago there was more", Pace: slow,
				Phases: week(3, 1, under),
				Expect: []rule.Expectation{at(7 * weekday), fires(7*weekday+1+longer, base*under)},
			},
			{
				Name: "stays silent just above the share of a day ago, when a week ago there was more", Pace: slow,
				Phases: week(3, 1, over),
				Expect: []rule.Expectation{at(7*weekday + 1 + longer)},
			},
			{
				Name: "fires just below the share of a week ago, when a day ago there was more", Pace: slow,
				Phases: week(1, 3, under),
				Expect: []rule.Expectation{fires(7*weekday+1+longer, base*under)},
			},
			{
				Name: "stays silent on the first day of a weekend, which is as the last", Pace: slow,
				Phases: week(1, 3, over),
				Expect: []rule.Expectation{at(7 * weekday), at(7*weekday + 1 + longer)},
			},
			{
				Name: "fires by the traffic of a week ago where there was none a day ago", Pace: slow,
				Phases: []rule.Phase{lasting(weekday, base), {Evaluations: 6 * weekday}, lasting(longer+2, base*under)},
				Expect: []rule.Expectation{fires(7*weekday+2+longer, base*under)},
			},
		},
	}
}
