// Package availability has the alerts about services that are not there: that cannot
// be reached, that fell silent, that were never seen.
package availability

import (
	"fmt"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// How long what is gone is remembered: memory where somebody must say that it is gone
// for good, and recent for what alerts about silence go by, so that they end the same
// day when a service was renamed or removed.
const (
	memory = "1d"
	recent = "6h"
)

// lately is for how many seconds a service that was heard is well.
const lately = "300"

// Family are the rules about being there. The checklist spells out ServiceDown
// (section 5, "Alerting Rules").
func Family() rule.Family {
	return rule.Family{
		Name:       "availability",
		Interval:   time.Minute,
		Uses:       []string{"red"},
		Apart:      true,
		Reads:      append(source.Reads(), telemetry.Up),
		Recordings: recordings,
		Alerts:     []rule.Alert{serviceDown(), instanceDown(), serviceTelemetryAbsent(), serviceNeverSeen()},
	}
}

func recordings(c catalog.Catalog) []rule.Recording {
	identity := telemetry.ServiceIdentity()
	all := lastHeard(c)
	all = append(all,
		rule.Recording{Name: telemetry.RecordedHeardInADay, Carries: identity, Expr: fmt.Sprintf("last_over_time(%s[%s])", telemetry.RecordedLastHeard, memory)},
		rule.Recording{Name: telemetry.RecordedSilence, Carries: identity, Expr: silence()},
		rule.Recording{Name: telemetry.RecordedNewName, Carries: []string{telemetry.Service}, Expr: newName()},
		rule.Recording{Name: telemetry.RecordedNamedUp, Carries: append(telemetry.ServiceIdentity(), telemetry.Job, telemetry.KubeNamespace), Expr: named()},
	)
	var scraped []catalog.Service
	for _, entry := range c.Services {
		if !isScraped(entry) {
			continue
		}
		scraped = append(scraped, entry)
		for _, s := range rule.Split(entry) {
			all = append(all, instances(s, len(entry.Environments) > 1), scrapedUp(s))
		}
	}
	others := called()
	for _, s := range catalog.Selectors(scraped) {
		others = fmt.Sprintf("(%s) unless %s", others, selector(telemetry.RecordedHeardInADay, s))
	}
	return append(all, rule.Recording{Name: telemetry.RecordedUp, Carries: identity, Expr: others})
}

func selector(name string, matchers []*labels.Matcher) string {
	all := make([]string, len(matchers))
	for i, m := range matchers {
		all[i] = m.String()
	}
	return name + "{" + strings.Join(all, ", ") + "}"
}
