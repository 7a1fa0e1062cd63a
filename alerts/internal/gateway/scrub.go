package gateway

import (
	"fmt"
	"strings"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func leakDetected() rule.Alert {
	leaks := telemetry.ScrubEgressLeaks.Name
	return rule.Alert{
		Name: "PIILeakDetected", Severity: catalog.Page, Checklist: sanitized, Fleet: true,
		// What tripwires found in the last 5 minutes.
		Condition: rule.Always(fmt.Sprintf("sum by (%s, %s, %s) (%s) > 0", telemetry.Job, telemetry.Detector, telemetry.Signal, grown(leaks, "5m"))),
		Keep:      15 * time.Minute,
		Summary:   "{{ $labels.job }} lets {{ $labels.detector }} in {{ $labels.signal }} pass unscrubbed",
		Description: rule.Always(`In front of the exporters, a tripwire found {{ $value | printf "%.0f" }} times what {{ $labels.detector }} looks for and scrub should have taken out.` +
			` It looks at a sample of the batches: more than that was exported.` +
			` Run readyctl check --gateway-config on the gateway's configuration: it names a pipeline that passes around scrub.` +
			` If there is none, compare policies: ` + telemetry.ScrubPolicyInfo.Name + ` shows two hashes where the tripwire has another policy than scrub.` +
			` If they are the same, a component between the two adds or puts together text: ` + telemetry.ScrubFindings.Name + `{action="count"} tells the place.` +
			` Then rotate what leaked, and delete it where it was exported to.`),
		Guide: rule.Guide{
			Meaning: "A second look at what leaves the gateway found secrets or personal data that scrub should have taken out.",
			Impact:  "What was found is in the backends now, and whoever may read telemetry can read it. The second look is at a sample of the batches: there is more than it found.",
			Look: []rule.Look{
				{Question: "What leaks, in which signal, through which gateway?", Query: "sum by (job, instance, detector, signal) (increase(" + leaks + "[1h]))"},
				{Question: "Do scrub and tripwire have the same policy? Two hashes of one gateway and signal say no.", Query: "count by (job, instance, signal) (" + telemetry.ScrubPolicyInfo.Name + ")"},
				{Question: "In which place is it? Findings that were only counted tell.", Query: `sum by (detector, place, signal) (increase(` + telemetry.ScrubFindings.Name + `{action="count"}[1h]))`},
			},
			Act: []string{
				"Look for a pipeline that passes around scrub:\n\n```\nreadyctl check --gateway-config gateway.yaml\n```",
				"If the leak goes on and its way is unclear, stop the pipelines of the signal: what is not exported does not leak.",
				"Rotate every secret that leaked.",
				"Delete what leaked in each backend that the pipelines export to; tell who answers for privacy.",
			},
		},
	}
}

func scrubberBypassed() rule.Alert {
	on := strings.Join(append(telemetry.ScrapeLabels(), telemetry.Signal), ", ")
	return rule.Alert{
		Name: "PIIScrubberBypassed", Severity: catalog.Page, Checklist: sanitized, Fleet: true,
		// A gateway may pass raw data to another that scrubs, if its configuration says so.
		Condition: rule.Always(fmt.Sprintf("%s > 0 unless on (%s) %s > 0 unless on (%s) %s > 0",
			telemetry.RecordedAccepted, on, telemetry.RecordedScrubbed, list(telemetry.ScrapeLabels()), telemetry.UnscrubbedPipelines.Name)),
		Wait:    rule.Always(2 * time.Minute),
		Keep:    15 * time.Minute,
		Summary: "{{ $labels.instance }} of {{ $labels.job }} takes {{ $labels.signal }} and scrubs none",
		Description: rule.Always(`{{ $labels.instance }} accepted about {{ $value | printf "%.0f" }} items of {{ $labels.signal }} in 5 minutes, for 2m, and scrubbed no batch of them.` +
			` Whatever personal data is in them goes on as it came.` +
			` Run readyctl check --gateway-config on its configuration, and put scrub_guard into service::extensions: it refuses such a configuration.`),
		Guide: rule.Guide{
			Meaning: "A gateway takes telemetry in, and its scrub processor sees nothing of that signal.",
			Impact:  "Personal data and secrets reach the backends as the services sent them.",
			Look: []rule.Look{
				{Question: "How much comes in?", Query: "sum by (job, instance, signal) (" + telemetry.RecordedAccepted + ")"},
				{Question: "Which signals does each gateway scrub at all?", Query: "count by (job, instance, signal) (" + telemetry.ScrubPolicyInfo.Name + ")"},
				{Question: "Does its guard stand aside for some pipelines? It is not there where nothing is shown.", Query: "max by (job, instance) (" + telemetry.UnscrubbedPipelines.Name + ")"},
			},
			Act: []string{
				"See which pipeline passes around scrub:\n\n```\nreadyctl check --gateway-config gateway.yaml\n```",
				"Go back to the configuration from before, or take the gateway out of service.",
				"Where raw data is meant to go to a second gateway that scrubs, name the pipeline in `scrub_guard::allow_unscrubbed`.",
				"Look for what leaked meanwhile in the backends; treat it as PIILeakDetected.",
			},
		},
	}
}

func scrubberFailing() rule.Alert {
	return rule.Alert{
		Name: "PIIScrubberFailing", Severity: catalog.Ticket, Checklist: sanitized, Fleet: true,
		Condition: rule.Always(unscannable()),
		Wait:      rule.Always(10 * time.Minute),
		Keep:      15 * time.Minute,
		Summary:   "{{ $labels.job }} cannot scan values in {{ $labels.signal }}: {{ $labels.reason }}",
		Description: rule.Always(`About {{ $value | printf "%.0f" }} values within ` + onReason(telemetry.ReasonPanic, "an hour", "5 minutes") +
			` could not be scanned, and each was replaced as a whole; in modes detect and tripwire, it was left as it was. ` + actions()),
		Guide: rule.Guide{
			Meaning: "Values come in that the scrubber cannot read to the end: too large, too deep, too slow, or a detector has a defect.",
			Impact:  "No leak: what cannot be scanned is replaced as a whole. But whoever needs these values does not have them.",
			Look: []rule.Look{
				{Question: "Why, in which signal, since when?", Query: "sum by (job, reason, signal) (increase(" + telemetry.ScrubUnscannable.Name + "[1h]))"},
				{Question: "Is scrubbing slow in general?", Query: "sum by (job, signal) (rate(" + telemetry.ScrubDuration.Name + "_sum[5m])) / (sum by (job, signal) (rate(" + telemetry.ScrubDuration.CountName() + "[5m])) > 0)"},
			},
			Act: []string{
				"`size`, `depth`: find out who sends such values, in the sender's logs; or raise `max_value_bytes` or `max_depth` in the policy.",
				"`time`: give the gateway more CPU; where it has enough, try the policy's own detectors on a value of that kind:\n\n```\nreadyctl scrub test --help\n```",
				"`panic`, `unstable`: report it, with the stack from the gateway's log. It holds no value.",
			},
		},
	}
}

func policyDiffers() rule.Alert {
	return rule.Alert{
		Name: "ScrubPolicyDiffers", Severity: catalog.Ticket, Checklist: sanitized, Fleet: true,
		Condition: rule.Always(differing()),
		Wait:      rule.Always(30 * time.Minute),
		Keep:      5 * time.Minute,
		Summary:   "Gateways of {{ $labels.job }} scrub by different policies",
		Description: rule.Always(`{{ $value | printf "%.0f" }} of the scrub policies of {{ $labels.job }} are not on all of its gateways, for 30m: what one of them takes out, another lets pass.` +
			` count by (hash, signal, instance) (` + telemetry.ScrubPolicyInfo.Name + `) shows which gateway has which.` +
			` Finish the rollout, or give gateways that are meant to differ scrape jobs of their own.`),
		Guide: rule.Guide{
			Meaning: "Gateways behind one address, which should be alike, scrub by different policies.",
			Impact:  "Whether something is taken out depends on which gateway the sender happens to reach.",
			Look: []rule.Look{
				{Question: "Which gateway has which policy?", Query: "count by (hash, signal, instance) (" + telemetry.ScrubPolicyInfo.Name + ")"},
			},
			Act: []string{
				"Finish the rollout of the policy, or take it back.",
				"Gateways that are meant to differ get scrape jobs of their own.",
			},
		},
	}
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
		return fmt.Sprintf("count by (%s) (count by (%s, %s) (%s))", list(labels), list(labels), telemetry.Instance, telemetry.ScrubPolicyInfo.Name)
	}
	return fmt.Sprintf("count by (%s) (count by (%s, %s) (%s < on (%s, %s) group_left () %s))",
		telemetry.Job, telemetry.Job, telemetry.Hash,
		gateways(telemetry.Job, telemetry.Signal, telemetry.Hash),
		telemetry.Job, telemetry.Signal,
		gateways(telemetry.Job, telemetry.Signal))
}

// actions is a template for what to do about the reason why values cannot be scanned.
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
