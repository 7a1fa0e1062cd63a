package catalog

import (
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"
)

// canaryStages are the checklist's (section 4), where "increase to 100% or
// rollback" is watched as long as the stage before.
func canaryStages() []Stage {
	return []Stage{{5, time.Hour}, {25, 2 * time.Hour}, {50, 2 * time.Hour}, {100, 2 * time.Hour}}
}

const canary = "canary"

var rolloutForm = mapping("rollout", []field[Rollout]{
	at("strategy", "How a release replaces the one before.", word(canary, "blue-green", "rolling"), func(r *Rollout) *string { return &r.Strategy }).must(),
	at("stages", "Shares of the traffic that a canary gets, ascending to 100. Default: 5 % for 1h, then 25, 50 and 100 % for 2h each.",
		listOf("a list of stages such as [{percent: 5, watch: 1h}]", stageForm, nil), func(r *Rollout) *[]Stage { return &r.Stages }),
	at("rollback_command", "What undoes a release. Default: made from `workload`.", text("a command"), func(r *Rollout) *string { return &r.RollbackCommand }),
}, checked(func(d *decoder, e entry, r *Rollout) {
	if !e.has("stages") {
		if r.Strategy == canary {
			r.Stages = canaryStages()
		}
		return
	}
	if e.value("stages").Kind != yaml.SequenceNode {
		return
	}
	if r.Strategy == "blue-green" || r.Strategy == "rolling" {
		e.wrong(d, "stages", "stages of "+r.Strategy, "stages only of a canary")
		return
	}
	stages := e.items("stages")
	for i := 1; i < len(r.Stages); i++ {
		if r.Stages[i].Percent <= r.Stages[i-1].Percent {
			stages[i].wrong(d, "percent", decimal(r.Stages[i].Percent), "more than the stage before, "+decimal(r.Stages[i-1].Percent))
		}
	}
	switch last := len(r.Stages) - 1; {
	case last < 0:
		e.wrong(d, "stages", "an empty list", "at least the stage of 100 %")
	case r.Stages[last].Percent < 100:
		stages[last].wrong(d, "percent", decimal(r.Stages[last].Percent), "100 in the last stage")
	}
}))

var stageForm = mapping("stage", []field[Stage]{
	at("percent", "Share of the traffic.", number("a number from 0.1 to 100", 0.1, 100), func(s *Stage) *float64 { return &s.Percent }).must(),
	at("watch", "How long it is watched before the next.", span(time.Minute, 7*24*time.Hour), func(s *Stage) *time.Duration { return &s.Watch }).must(),
})

var attestationForm = mapping("attestation", []field[Attestation]{
	at("check", "Check of the checklist, PR-001 to PR-106.", checkID(), func(a *Attestation) *string { return &a.Check }).must(),
	at("by", "Who signs.", text("the name of a person or group"), func(a *Attestation) *string { return &a.By }).must(),
	at("on", "Day of the signature.", date(), func(a *Attestation) *Date { return &a.On }).must(),
	at("until", "Last day on which it holds. Each check says how long that may be.", date(), func(a *Attestation) *Date { return &a.Until }).must(),
	at("evidence", "Page that shows it.", page(), func(a *Attestation) *string { return &a.Evidence }),
}, checked(func(d *decoder, e entry, a *Attestation) {
	a.Line = e.node.Line
	check, known := checkByID(a.Check)
	if !known {
		return
	}
	if check.Class == Decided {
		e.wrong(d, "check", fmt.Sprintf("%s (%s), which is decided from evidence", check.ID, check.Title), "a check that an owner may sign; a waiver suspends any")
		return
	}
	if a.On.IsZero() || a.Until.IsZero() {
		return
	}
	longest := check.longest()
	switch end := a.On.AddDate(0, 0, int(longest)); {
	case a.Until.Before(a.On.Time):
		e.wrong(d, "until", a.Until.String(), "a day not before "+a.On.String())
	case a.Until.After(end):
		e.wrong(d, "until", a.Until.String(), fmt.Sprintf("at most %dd after the signature, %s, for %s (%s)", longest, Date{end}, check.ID, check.Title))
	}
}))

var waiverForm = mapping("waiver", []field[Waiver]{
	at("check", "Check of the checklist, PR-001 to PR-106.", checkID(), func(w *Waiver) *string { return &w.Check }).must(),
	at("reason", "Why it need not pass.", text("a reason"), func(w *Waiver) *string { return &w.Reason }).must(),
	at("by", "Who says so.", text("the name of a person or group"), func(w *Waiver) *string { return &w.By }).must(),
	at("until", "Last day on which it holds.", date(), func(w *Waiver) *Date { return &w.Until }).must(),
}, checked(func(_ *decoder, e entry, w *Waiver) { w.Line = e.node.Line }))

// checkID is the id of a check.
func checkID() form[string] {
	const allowed = "the id of a check, PR-001 to PR-106"
	of := text(allowed)
	read := of.read
	of.read = func(d *decoder, n *node, path string, to *string) {
		if read(d, n, path, to); *to == "" {
			return
		}
		if _, known := checkByID(*to); !known {
			d.fail(n, path, given(n), allowed)
		}
	}
	of.schema = func(schema) schema { return schema{"type": "string", "pattern": `^PR-(0(0[1-9]|[1-9][0-9])|10[0-6])$`} }
	return of
}
