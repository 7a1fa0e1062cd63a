package alerts

import (
	"fmt"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// Names of the alerts about the gateway itself.
const (
	ScrubEgressLeak    = "ScrubEgressLeak"
	ScrubUnscannable   = "ScrubUnscannable"
	ScrubPolicyDiffers = "ScrubPolicyDiffers"
)

// sanitized is the check that all alerts about the scrubber answer: "PII
// sanitization in logs".
const sanitized = "PR-016"

// gatewayAlert is the model of an alert about the gateway itself. No services file
// changes when it fires.
type gatewayAlert struct {
	name                 string
	severity             string
	condition            string
	wait, keep           time.Duration
	summary, description string
}

// gatewayRule is a gatewayAlert made for a catalog.
type gatewayRule struct {
	gatewayAlert
	rule rulefmt.Rule
}

// gatewayAlerts in the order of the rule file. They add up the gateways of a
// scrape job: what one does, all that are configured alike do.
func gatewayAlerts() []gatewayAlert {
	return []gatewayAlert{
		{
			name: ScrubEgressLeak, severity: critical,
			condition: leaking(),
			keep:      15 * time.Minute,
			summary:   "{{ $labels.job }} lets {{ $labels.detector }} in {{ $labels.signal }} pass unscrubbed",
			description: `In front of the exporters, a tripwire found {{ $value | printf "%.0f" }} times what {{ $labels.detector }} looks for and scrub should have taken out.` +
				` It looks at a sample of the batches: more than that was exported.` +
				` Run readyctl check --gateway-config on the gateway's configuration: it names a pipeline that passes around scrub.` +
				` If there is none, compare policies: ` + telemetry.ScrubPolicyInfo.Name + ` shows two hashes where the tripwire has another policy than scrub.` +
				` If they are the same, a component between the two adds or puts together text: ` + telemetry.ScrubFindings.Name + `{action="count"} tells the place.` +
				` Then rotate what leaked, and delete it where it was exported to.`,
		},
		{
			name: ScrubUnscannable, severity: warning,
			condition: unscannable(),
			wait:      10 * time.Minute,
			keep:      15 * time.Minute,
			summary:   "{{ $labels.job }} cannot scan values in {{ $labels.signal }}: {{ $labels.reason }}",
			description: `About {{ $value | printf "%.0f" }} values within ` + onReason(telemetry.ReasonPanic, "an hour", "5 minutes") +
				` could not be scanned, and each was replaced as a whole; in modes detect and tripwire, it was left as it was. ` + actions(),
		},
		{
			name: ScrubPolicyDiffers, severity: warning,
			condition: differing(),
			wait:      30 * time.Minute,
			keep:      5 * time.Minute,
			summary:   "Gateways of {{ $labels.job }} scrub by different policies",
			description: `{{ $value | printf "%.0f" }} of the scrub policies of {{ $labels.job }} are not on all of its gateways, for 30m: what one of them takes out, another lets pass.` +
				` count by (hash, signal, instance) (` + telemetry.ScrubPolicyInfo.Name + `) shows which gateway has which.` +
				` Finish the rollout, or give gateways that are meant to differ scrape jobs of their own.`,
		},
	}
}

// leaking is what tripwires found in the last 5 minutes. increase() does not see
// the count with which a series begins, and every series of leaks begins with its
// first leak: one that was not there 5 minutes ago counts in full. So Prometheus,
// when it saw nothing of a gateway for longer, tells again of what leaked since the
// gateway started. That is better than to miss what leaked meanwhile.
func leaking() string {
	leaks := telemetry.ScrubEgressLeaks.Name
	return fmt.Sprintf("sum by (%s, %s, %s) ((%s unless %s offset 5m) or increase(%s[5m])) > 0",
		telemetry.Job, telemetry.Detector, telemetry.Signal, leaks, leaks, leaks)
}

// unscannable is the number of values that could not be scanned in the last 5
// minutes. A single value too large may be; a single panic is a defect, so it is
// remembered for an hour, longer than the alert waits.
func unscannable() string {
	sum := func(op, window string) string {
		return fmt.Sprintf("sum by (%s, %s, %s) (increase(%s{%s%s%q}[%s])) > 0", telemetry.Job, telemetry.Reason, telemetry.Signal,
			telemetry.ScrubUnscannable.Name, telemetry.Reason, op, telemetry.ReasonPanic, window)
	}
	return sum("!=", "5m") + " or " + sum("=", "1h")
}

// differing is the number of policies of a job that some of its gateways have and
// others have not. One gateway may have several: for a tripwire, for pipelines that
// differ. A gateway does not count for a signal that it does not scrub.
func differing() string {
	gateways := func(labels ...string) string {
		by := strings.Join(labels, ", ")
		return fmt.Sprintf("count by (%s) (count by (%s, %s) (%s))", by, by, telemetry.Instance, telemetry.ScrubPolicyInfo.Name)
	}
	return fmt.Sprintf("count by (%s) (count by (%s, %s) (%s < on (%s, %s) group_left () %s))",
		telemetry.Job, telemetry.Job, telemetry.Hash,
		gateways(telemetry.Job, telemetry.Signal, telemetry.Hash),
		telemetry.Job, telemetry.Signal,
		gateways(telemetry.Job, telemetry.Signal))
}

// actions is a template for what to do about the reason of ScrubUnscannable.
func actions() string {
	todo := map[string]string{
		telemetry.ReasonSize:     "They are larger than max_value_bytes: find out who sends them, or raise it.",
		telemetry.ReasonDepth:    "They are nested deeper than max_depth: find out who sends them, or raise it.",
		telemetry.ReasonPanic:    "A detector has a defect: report it with the stack that the gateway logged; it holds no value.",
		telemetry.ReasonTime:     "They took longer than max_value_time: give the gateway more CPU, or send smaller values; where both are well, a detector of the policy is too slow.",
		telemetry.ReasonUnstable: "There was still something to find in what had been replaced: report it with the detectors of the policy, those of your own first.",
	}
	var text strings.Builder
	for _, reason := range telemetry.Reasons() {
		text.WriteString(onReason(reason, todo[reason], ""))
	}
	return text.String()
}

// onReason is a template that reads then where the alert has the reason.
func onReason(reason, then, otherwise string) string {
	if otherwise != "" {
		otherwise = "{{ else }}" + otherwise
	}
	return fmt.Sprintf("{{ if eq $labels.%s %q }}%s%s{{ end }}", telemetry.Reason, reason, then, otherwise)
}

// rule is the alert for those who answer for what no service declares.
func (a gatewayAlert) rule(p catalog.Policy) (rulefmt.Rule, error) {
	expr, err := query.Parser.ParseExpr(a.condition)
	if err != nil {
		return rulefmt.Rule{}, err
	}
	return rulefmt.Rule{
		Alert:         a.name,
		Expr:          expr.Pretty(0),
		For:           model.Duration(a.wait),
		KeepFiringFor: model.Duration(a.keep),
		Labels: present(map[string]string{
			labelSeverity:  a.severity,
			labelChecklist: sanitized,
			labelTeam:      literal(p.Team),
		}),
		Annotations: present(map[string]string{
			annotationSummary: a.summary,
			annotationDetail:  a.description,
			annotationOwner:   literal(p.Owner),
		}),
	}, nil
}
