package meta

import (
	"fmt"
	"time"

	"github.com/prometheus/common/model"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
)

const (
	// flaps is how often an alert may come again in two hours.
	flaps = 4
	// pagesPerShift is how many incidents a shift of 12 hours can work on as each
	// deserves (checklist section 5, "Alert fatigue minimized"; Site Reliability
	// Engineering, chapter 11).
	pagesPerShift = 2
)

// Labels of the alerts: an alert's own name and team would take the place of those
// that it is about.
const (
	flappingAlert = "flapping"
	pagedTeam     = "paged"
)

func alertFlapping() rule.Alert {
	return rule.Alert{
		Name: "AlertFlapping", Severity: catalog.Digest, Checklist: fatigue, Fleet: true,
		// The value of ALERTS_FOR_STATE is the time since when an alert is pending or
		// firing. One that never fired told nobody.
		Condition: rule.Always(fmt.Sprintf("max by (%s, %s) (label_replace("+
			`changes(ALERTS_FOR_STATE{%s!~"AlertFlapping|Watchdog"}[2h]) and ignoring (alertstate) max_over_time(ALERTS{alertstate="firing"}[2h])`+
			", %q, \"$1\", %q, \"(.*)\")) >= %d", flappingAlert, rule.Identity(), model.AlertNameLabel, flappingAlert, model.AlertNameLabel, flaps)),
		Wait:    rule.Always(5 * time.Minute),
		Keep:    time.Hour,
		Summary: "{{ $labels.flapping }}{{ with $labels.service }} of {{ . }}{{ end }} comes and goes",
		Description: rule.Always(fmt.Sprintf("{{ $labels.flapping }}{{ with $labels.service }} of "+rule.Where+"{{ end }} ended and came again {{ $value }} times in 2 hours. "+
			"This alert fires from %d times on, for 5m. An alert that flaps is soon believed by nobody: see what it is about, or change its threshold.", flaps)),
		Guide: rule.Guide{
			Meaning: "An alert fires, ends and fires again, over and over.",
			Impact:  "People who are told the same again and again stop looking.",
			Look: []rule.Look{
				{Question: "Which alerts come and go, of which service?", Query: "topk(10, max by (alertname, service, environment) (changes(ALERTS_FOR_STATE[2h])))"},
				{Question: "When did they fire?", Query: `sum by (alertname, service) (ALERTS{alertstate="firing"})`},
			},
			Act: []string{
				"If what the alert is about comes and goes, mend that: its runbook has the way.",
				"If the service is well at that level, set its threshold in services.yaml for this service; `readyctl explain ALERT --service NAME` says where the number comes from.",
			},
		},
	}
}

// pageBudgetExceeded counts services that begin to have critical alerts: several
// alerts about one service are one incident. Alertmanager's own counter of
// notifications knows inhibition and silences, but counts repetitions and
// resolutions too, and no team.
func pageBudgetExceeded() rule.Alert {
	critical := fmt.Sprintf("group by (%s, %s) (ALERTS{alertstate=\"firing\", %s=%q}", rule.LabelTeam, rule.Identity(), rule.LabelSeverity, catalog.Page)
	return rule.Alert{
		Name: "PageBudgetExceeded", Severity: catalog.Digest, Checklist: fatigue, Fleet: true,
		Condition: rule.Always(fmt.Sprintf("sum by (%s) (label_replace(count_over_time((%s) unless %s offset 1m))[12h:1m]), %q, \"$1\", %q, \"(.*)\")) > %d",
			pagedTeam, critical, critical, pagedTeam, rule.LabelTeam, pagesPerShift)),
		Summary: "{{ with $labels.paged }}{{ . }}{{ else }}On-call{{ end }} had {{ $value }} incidents in 12 hours",
		Description: rule.Always(fmt.Sprintf("{{ $value }} times in 12 hours, a service{{ with $labels.paged }} of {{ . }}{{ end }} began to have critical alerts. "+
			"More than %d in a shift leave no time to work on each as it deserves.", pagesPerShift)),
		Guide: rule.Guide{
			Meaning: "There were more incidents in 12 hours than one shift can work on.",
			Impact:  "People on call are tired, and causes are not found.",
			Look: []rule.Look{
				{Question: "Which critical alerts were there, and for how long? (minutes in 12 hours)", Query: `sum by (team, service, alertname) (count_over_time(ALERTS{alertstate="firing", severity="critical"}[12h:1m]))`},
			},
			Act: []string{
				"Go through the incidents of the shift: which of them needed a person at that moment? Make the others tickets.",
				"If all of them did, the service needs work before features; its error budget says how much.",
				"Share the load: hand over the rest of the shift.",
			},
		},
	}
}
