package red

import (
	"fmt"
	"math"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// fewErrors is how many errors in an hour are worth a ticket where there is too
// little traffic for a ratio over 5 minutes: fewer may be one client retrying.
const fewErrors = 5

const lowTrafficKeep = 15 * time.Minute

// lowTrafficErrors is the complement of HighErrorRate's guard: what the guard keeps
// from paging anybody is not lost. The specification divides by the hour's requests
// alone. Where everything fails, clients go away, and the hour still counts the
// requests from before: nobody would be told until it has passed. So either ratio
// may speak, the hour's or the last 5 minutes'.
func lowTrafficErrors() rule.Alert {
	return rule.Alert{
		Name: "LowTrafficErrors", Severity: catalog.Ticket, Checklist: "PR-038",
		Presence: telemetry.RecordedRequests,
		Condition: func(t rule.Target) string {
			threshold := rule.Number(t.Policy.Thresholds.ErrorRatio)
			return fmt.Sprintf("%s >= %d and %s < %s and (%s > %s or %s > %s)", telemetry.RecordedErrorsHourly, fewErrors,
				telemetry.RecordedRequests, rule.Number(t.Policy.Thresholds.MinRequestRate),
				telemetry.RecordedErrorRatioHourly, threshold, telemetry.RecordedErrorRatio, threshold)
		},
		Wait:    func(t rule.Target) time.Duration { return t.Policy.Thresholds.ErrorFor },
		Keep:    lowTrafficKeep,
		Summary: rule.Where + ` failed {{ $value | printf "%.0f" }} requests in the last hour, at little traffic`,
		Description: func(t rule.Target) string {
			return fmt.Sprintf(`{{ $value | printf "%%.0f" }} requests to `+rule.Where+
				" failed over the last hour. That is more than %s of all, in the hour or in"+
				" the last 5 minutes, while traffic is below the %s requests per second that HighErrorRate needs. The alert fires from %d errors, for %s.",
				rule.Percent(t.Policy.Thresholds.ErrorRatio), rule.Number(t.Policy.Thresholds.MinRequestRate), fewErrors, rule.Short(t.Policy.Thresholds.ErrorFor))
		},
		Guide: rule.Guide{
			Meaning: "Requests fail while there are too few of them for a ratio over 5 minutes to mean much.",
			Impact:  "The few who use the service now see errors. Or everybody does, and that is why they are few.",
			Release: true,
			Look: []rule.Look{
				{Question: "Did traffic collapse?", Query: telemetry.RecordedRequests + `{$selector} / (` + telemetry.RecordedRequests + `{$selector} offset 1d > 0)`},
				{Question: "Which requests failed?", Query: `sum by (endpoint, method, status) (increase(http_requests_total{$selector, status=~"5.."}[1h]) or increase(rpc_requests_total{$selector, status=~"` + telemetry.RPCServerErrors + `"}[1h]))`},
			},
			Act: []string{"If traffic collapsed, treat it as HighErrorRate: clients went away."},
		},
		Trial: lowTrafficTrial,
	}
}

// quiet is traffic, in requests per second, at less than half the guard. Powers of
// two keep sums exact, so that a test never hangs on a rounding error.
func quiet(n catalog.Thresholds) float64 {
	requests := 2.0
	for requests >= 30*n.MinRequestRate/2 {
		requests /= 2
	}
	return requests / 30
}

// hour is the memory of the alert, in evaluations.
const hour = 120

func lowTrafficTrial(t rule.Target, id map[string]string) rule.Trial {
	n := t.Policy.Thresholds
	few := quiet(n)
	first := int(math.Ceil(fewErrors / (30 * few)))
	return rule.Trial{
		Identity:   source.Recorded(t),
		Everywhere: source.Recorded(t) != nil, // the profiles differ
		Fire:       source.Requests(t, id, few, 1),
		Near:       source.Requests(t, id, below(n), n.ErrorRatio*(1-hair)),
		Calm:       source.Requests(t, id, busy(n), 0),
		Guarded:    source.Requests(t, id, busy(n), 1),
		Idle:       source.Requests(t, id, 0, 1),
		First:      first,
		// Beyond an hour, no more errors are remembered.
		Value:   func(at time.Duration) float64 { return few * min(at, time.Hour).Seconds() },
		Memory:  hour + window,
		Derived: []string{telemetry.RecordedErrorRatioHourly},
		Twin:    "HighErrorRate",
		More:    lowTrafficStories(t, id, few, first),
	}
}

// lowTrafficStories are about each of the numbers alone. In so many evaluations as
// first, few requests per second that fail are five errors. A service that nobody
// asks any more has no ratio of the last minutes.
func lowTrafficStories(t rule.Target, id map[string]string, few float64, first int) []rule.Story {
	const collapse = 24 // evaluations of so much healthy traffic that the hour hides what follows
	var (
		n      = t.Policy.Thresholds
		wait   = evaluations(n.ErrorFor)
		nobody = source.Requests(t, id, 0, 1)
		fires  = func(at int, errors float64) rule.Expectation {
			return rule.Expectation{At: at, Fires: true, Value: errors}
		}
		requests = func(share float64) func(float64) []rule.Signal {
			return func(perSecond float64) []rule.Signal { return source.Requests(t, id, perSecond, share) }
		}
		some = func(errors float64) []rule.Signal { return source.Requests(t, id, errors/(30*float64(first)), 1) }
		fire = collapse + max(window-1, first) + wait
		all  = []rule.Story{{
			Name: "fires while the hour is still healthy, when traffic collapses and the rest fails",
			Phases: []rule.Phase{
				{Evaluations: collapse, State: source.Requests(t, id, 1e5*busy(n), 0)},
				{Evaluations: fire + 1 - collapse, State: source.Requests(t, id, few, 1)},
			},
			Expect: []rule.Expectation{{At: fire - 1}, fires(fire, few*min(time.Duration(fire-collapse)*pace, time.Hour).Seconds())},
		}, {
			Name:   "stays silent just above the traffic guard",
			Phases: approach(requests(0), requests(1), n, wait+4*window),
			Expect: []rule.Expectation{{At: wait + 2*window}, {At: wait + 4*window}},
		}}
	)
	if n.ErrorFor > 30*time.Minute { // The hour would be over.
		return all
	}
	// What is an hour old is kept firing for a while.
	keep := evaluations(lowTrafficKeep)
	gone := hour + first + keep + 2
	all = append(all, rule.Story{
		Name:   "fires for what just enough requests lost, when nobody asks any more, for an hour",
		Phases: []rule.Phase{{Evaluations: first, State: some(fewErrors * (1 + hair))}, {Evaluations: gone - first, State: nobody}},
		Expect: []rule.Expectation{{At: first + wait - 1}, fires(first+wait, fewErrors*(1+hair)), fires(hour+keep-window, fewErrors*(1+hair)), {At: gone}},
	}, rule.Story{
		Name:   "stays silent for too few errors",
		Phases: []rule.Phase{{Evaluations: first, State: some(fewErrors * (1 - hair))}, {Evaluations: wait + window, State: nobody}},
		Expect: []rule.Expectation{{At: first + wait}, {At: first + wait + window}},
	})
	// Errors in so many evaluations are just as many as it takes.
	long := func(share float64) int { return int(math.Ceil((1 + hair) * fewErrors / (30 * below(n) * share))) }
	over, under := n.ErrorRatio*(1+hair), n.ErrorRatio*(1-hair)
	if long(under)+wait+window > hour || over > 1 {
		return all
	}
	errors := 30 * below(n) * over * float64(long(over))
	later := window + long(over) + wait
	return append(all, rule.Story{
		Name:   "fires just above the threshold of the hour",
		Phases: []rule.Phase{{Evaluations: long(over), State: source.Requests(t, id, below(n), over)}, {Evaluations: wait + 1, State: nobody}},
		Expect: []rule.Expectation{fires(long(over)+wait, errors)},
	}, rule.Story{
		Name: "fires just above the threshold of the last minutes",
		Phases: []rule.Phase{
			{Evaluations: collapse, State: source.Requests(t, id, 1e5*busy(n), 0)},
			{Evaluations: later + 1, State: source.Requests(t, id, below(n), over)},
		},
		Expect: []rule.Expectation{fires(collapse+later, 30*below(n)*over*float64(later))},
	}, rule.Story{
		Name:   "stays silent just below the thresholds",
		Phases: []rule.Phase{{Evaluations: long(under) + wait + window, State: source.Requests(t, id, below(n), under)}},
		Expect: []rule.Expectation{{At: long(under) + wait + window}},
	})
}
