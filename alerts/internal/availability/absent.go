package availability

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// known is how long ago a service must have been known.
const known = "3h"

const absentName = "ServiceTelemetryAbsent"

// serviceTelemetryAbsent is ServiceDown for services that push, and so have no up. One
// that is idle does not fall silent by it: there must have been traffic in the hour
// before, and the silence must be longer than any of the day before, ten minutes ago and
// earlier: telemetry may come in bursts, and services may work at certain hours. So what
// was not yet known three hours ago is not judged. The hour passes; so what fires goes on
// until something is heard, for six hours.
func serviceTelemetryAbsent() rule.Alert {
	return rule.Alert{
		Name: absentName, Severity: catalog.Page, Checklist: "PR-038",
		Presence: telemetry.RecordedSilence,
		Condition: func(t rule.Target) string {
			// The hour before the silence, not one that the silence is part of.
			ago := t.Policy.Thresholds.AbsentAfter + t.Policy.Thresholds.DownFor
			return fmt.Sprintf(`%s > %s and %s > max_over_time(%s[1d] offset 10m) and present_over_time(%s[10m] offset %s) and on (%s) (avg_over_time(%s[1h] offset %s) >= %s or ALERTS{alertname=%q, alertstate="firing"}) unless on (%s) %s`,
				telemetry.RecordedSilence, rule.Seconds(t.Policy.Thresholds.AbsentAfter), telemetry.RecordedSilence, telemetry.RecordedSilence, telemetry.RecordedSilence, known,
				rule.Identity(), telemetry.RecordedRequests, rule.Short(ago), rule.Number(t.Policy.Thresholds.MinRequestRate), absentName, telemetry.Service, telemetry.RecordedNewName)
		},
		Wait:    func(t rule.Target) time.Duration { return t.Policy.Thresholds.DownFor },
		Keep:    10 * time.Minute,
		Summary: rule.Where + " has sent nothing for {{ $value | humanizeDuration }}",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("Nothing was heard of "+rule.Where+" for {{ $value | humanizeDuration }}, while other services are heard. In the hour before it had"+
				" at least %s requests per second, and in the day before it was never silent for so long. The alert fires after %s of silence and another %s.",
				rule.Number(t.Policy.Thresholds.MinRequestRate), rule.Short(t.Policy.Thresholds.AbsentAfter), rule.Short(t.Policy.Thresholds.DownFor))
		},
		Guide: rule.Guide{
			Meaning: "A service that had traffic an hour ago sends no telemetry any more: no span, no metric, no log record.",
			Impact:  "Most likely it is down, and users cannot use it. Or it works, and nobody sees how.",
			Release: true,
			Look: []rule.Look{
				{Question: "When was it last heard of?", Query: telemetry.RecordedLastHeard + "{$selector}"},
				{Question: "Which other services are silent?", Query: telemetry.RecordedSilence + " > 60"},
				{Question: "Do those who call it fail?", Query: telemetry.RecordedDependencyErrorRatio + " > 0"},
			},
			Act: []string{
				"Ask the service itself: call its health endpoint. If it does not answer, treat it as ServiceDown.",
				"If it answers, its telemetry does not reach the gateway: look at the exporter's settings in its environment, at credentials and certificates of the gateway, and at its own log.",
				"If it was removed on purpose, silence the alert; it ends after six hours.",
			},
		},
		Trial: absentTrial,
	}
}

// heard is the gateway's series of when it last heard of a version of a service.
func heard(id map[string]string, version string, at float64) rule.Signal {
	series := map[string]string{telemetry.Version: version, telemetry.GatewayInstance: "gateway of " + version}
	for name, value := range id {
		series[name] = value
	}
	return rule.Level(telemetry.VersionLastSeen.Name, at, series)
}

// seen are the series of a service that was heard of.
func seen(t rule.Target, id map[string]string) []rule.Signal {
	if elsewhere(t) {
		return source.Requests(t, id, 1, 0)
	}
	return []rule.Signal{heard(id, "1.0.0", 1)}
}

// talk is a service that is heard all the time, from a time in the test on.
func talk(id map[string]string, from time.Duration) rule.Signal {
	s := heard(id, "1.1.0", from.Seconds())
	s.Slope = 1
	return s
}
