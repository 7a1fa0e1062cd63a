package slo

import (
	"fmt"
	"math"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/slo"
)

// window is the label that tells the two alerts of one name apart.
const window = "window"

// objective is a promise about requests, and the recorded series that tell of it.
type objective struct {
	// ratio is the share of good requests that the policy promises.
	ratio func(catalog.SLO) float64
	// budget is what is spent, promise says how much it is, and bad is what
	// requests do that spend it, for texts.
	budget       string
	promise, bad func(catalog.SLO) string
	// labels select the series of the objective, beside those of the service.
	labels func(catalog.SLO) map[string]string
	// trial makes recorded series of which the first two, by window, have a ratio.
	trial func(pair, catalog.SLO, map[string]string) traffic
}

// pair is a pair of windows and the recorded series that it looks at.
type pair struct {
	slo.Window
	long, short, number string
	pace                time.Duration
}

// burn is the alert about one pair of windows. The two pairs of one name have
// different waits, so they are two alerts that differ in a label. The value is the burn
// rate over the long window.
func burn(name string, severity catalog.Severity, keep time.Duration, o objective, p pair, guide rule.Guide) rule.Alert {
	long, short := rule.Short(p.Long), rule.Short(p.Short)
	return rule.Alert{
		Name: name, Severity: severity, Checklist: "PR-038",
		Labels:   map[string]string{window: long},
		Presence: p.long,
		Condition: func(t rule.Target) string {
			// And matches by all labels, so what is chosen once is chosen.
			long := rule.Select(p.long, o.labels(t.Policy.SLO))
			allowed := budget(o.ratio(t.Policy.SLO))
			factor := rule.Number(p.Attainable(o.ratio(t.Policy.SLO)))
			return fmt.Sprintf("%s / %s > %s and %s / %s > %s and %s >= %d",
				long, allowed, factor, p.short, allowed, factor, p.number, slo.MinErrors)
		},
		Wait:    rule.Always(p.For),
		Keep:    keep,
		Summary: rule.Where + ` uses its ` + o.budget + ` up {{ $value | printf "%.2f" }} times as fast as it may`,
		Description: func(t rule.Target) string {
			factor := p.Attainable(o.ratio(t.Policy.SLO))
			return fmt.Sprintf("The objective of "+rule.Where+` is that %s, over 30 days. Over the last %s, {{ $value | printf "%%.2f" }} times as many`+
				" requests %s as that allows, and it goes on over the last %s. The alert fires above %s times, for %s, from %d such requests on:"+
				" %s of what may go wrong in 30 days would then happen in %s, and all of it in %s.",
				o.promise(t.Policy.SLO), long, o.bad(t.Policy.SLO), short, rule.Number(factor), rule.Short(p.For), slo.MinErrors,
				rule.Percent(slo.Spent(factor, p.Long)), long, lasts(factor))
		},
		Guide: guide,
		Trial: func(t rule.Target, id map[string]string) rule.Trial { return burnTrial(o, p, keep, t.Policy.SLO, id) },
	}
}

// percent writes an objective with all its digits: 99.999 % is not 100 %.
func percent(ratio float64) string { return rule.Number(math.Round(1e12*ratio)/1e10) + " %" }

// lasts writes how long a budget lasts, in whole minutes below a day, else hours.
func lasts(burnRate float64) string {
	d, unit := slo.Lasts(burnRate), time.Hour
	if d < 24*time.Hour {
		unit = time.Minute
	}
	return rule.Short(max(d.Round(unit), time.Minute))
}
