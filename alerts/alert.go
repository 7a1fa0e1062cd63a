package alerts

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/readygate/readygate/internal/catalog"
)

// Names of alerts. The checklist (section 5, "Alerting Rules") names
// HighErrorRate and SlowResponseTime.
const (
	HighErrorRate    = "HighErrorRate"
	LowTrafficErrors = "LowTrafficErrors"
	SlowResponseTime = "SlowResponseTime"
)

// Severities. Critical pages a person; a warning becomes a ticket.
const (
	critical = "critical"
	warning  = "warning"
)

// fewErrors is how many errors in an hour are worth a ticket where there is too
// little traffic for a ratio over 5 minutes: fewer may be one client retrying.
const fewErrors = 5

// alert is the model of one alert. The rule, its texts and its unit tests are
// all made from it and from the thresholds of the scope that it is made for.
type alert struct {
	name     string
	severity string
	// checklist is the check that the alert answers, as in "PR-038".
	checklist string
	// condition is PromQL over recorded series.
	condition func(catalog.Thresholds) string
	// wait is how long the condition must hold before the alert fires.
	wait func(catalog.Thresholds) time.Duration
	// keep is how long the alert goes on firing after the condition ended, so
	// that one good evaluation does not resolve it.
	keep time.Duration
	// summary and description are alert templates; description says what the
	// threshold was.
	summary     string
	description func(catalog.Thresholds) string
	// trial is the traffic that the unit tests send.
	trial func(catalog.Thresholds) trial
}

// where is a template for the service that an alert is about.
const where = "{{ with $labels.service_namespace }}{{ . }}/{{ end }}{{ $labels.service }}{{ with $labels.environment }} in {{ . }}{{ end }}"

// definitions are the alerts, in the order of the rule file.
func definitions() []alert {
	return []alert{
		{
			name: HighErrorRate, severity: critical, checklist: "PR-038",
			condition: func(t catalog.Thresholds) string {
				return fmt.Sprintf("%s > %s and %s >= %s", ErrorRatio, number(t.ErrorRatio), Requests, number(t.MinRequestRate))
			},
			wait:    func(t catalog.Thresholds) time.Duration { return t.ErrorFor },
			keep:    5 * time.Minute,
			summary: where + " fails {{ $value | humanizePercentage }} of its requests",
			description: func(t catalog.Thresholds) string {
				return fmt.Sprintf("{{ $value | humanizePercentage }} of the requests to "+where+
					" were answered with 5xx over the last 5 minutes. The alert fires above %s, for %s.",
					percent(t.ErrorRatio), short(t.ErrorFor))
			},
			trial: errorTrial,
		},
		{
			// The complement of HighErrorRate's guard: what the guard keeps from
			// paging anybody is not lost. The specification divides by the hour's
			// requests alone. Where everything fails, clients go away, and the hour
			// still counts the requests from before: nobody would be told until it
			// has passed. So either ratio may speak, the hour's or the last 5 minutes'.
			name: LowTrafficErrors, severity: warning, checklist: "PR-038",
			condition: func(t catalog.Thresholds) string {
				threshold := number(t.ErrorRatio)
				return fmt.Sprintf("%s >= %d and %s < %s and (%s > %s or %s > %s)", ErrorsHourly, fewErrors,
					Requests, number(t.MinRequestRate), ErrorRatioHourly, threshold, ErrorRatio, threshold)
			},
			wait:    func(t catalog.Thresholds) time.Duration { return t.ErrorFor },
			keep:    15 * time.Minute,
			summary: where + ` failed {{ $value | printf "%.0f" }} requests in the last hour, at little traffic`,
			description: func(t catalog.Thresholds) string {
				return fmt.Sprintf(`{{ $value | printf "%%.0f" }} requests to `+where+
					" were answered with 5xx over the last hour. That is more than %s of all, in the hour or in"+
					" the last 5 minutes, while traffic is below the %s requests per second that "+HighErrorRate+" needs. The alert fires from %d errors, for %s.",
					percent(t.ErrorRatio), number(t.MinRequestRate), fewErrors, short(t.ErrorFor))
			},
			trial: lowTrafficTrial,
		},
		{
			name: SlowResponseTime, severity: warning, checklist: "PR-038",
			condition: func(t catalog.Thresholds) string {
				return fmt.Sprintf("%s > %s and %s >= %s", LatencyP95, number(t.LatencyP95.Seconds()), Requests, number(t.MinRequestRate))
			},
			wait:    func(t catalog.Thresholds) time.Duration { return t.LatencyFor },
			keep:    5 * time.Minute,
			summary: where + " is slow: p95 is {{ $value | humanizeDuration }}",
			description: func(t catalog.Thresholds) string {
				return fmt.Sprintf("The 95th percentile of the duration of requests to "+where+
					" over the last 5 minutes is {{ $value | humanizeDuration }}. The alert fires above %s, for %s.",
					short(t.LatencyP95), short(t.LatencyFor))
			},
			trial: latencyTrial,
		},
	}
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func percent(ratio float64) string { return strconv.FormatFloat(100*ratio, 'g', 4, 64) + " %" }

// short prints 5m0s as people write it: 5m.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
