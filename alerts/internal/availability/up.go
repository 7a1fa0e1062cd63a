package availability

import (
	"fmt"
	"strings"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/source"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func isScraped(s catalog.Service) bool { return s.Metrics.ScrapeJob != "" }

// instances are the targets of the scrape job of a declared service, in one of its
// environments. Of several, targets must say theirs in the label environment: a target
// without it is none of them.
func instances(s catalog.Service, several bool) rule.Recording {
	targets := labels.MustNewMatcher(labels.MatchEqual, telemetry.Job, s.Metrics.ScrapeJob)
	return rule.Recording{
		Name: telemetry.RecordedInstanceUp, Labels: source.Identity(s), Carries: append(telemetry.ServiceIdentity(), telemetry.Instance),
		Expr: fmt.Sprintf("max by (%s) (%s)", telemetry.Instance,
			selector(telemetry.Up.Name, append(source.InEnvironment(telemetry.Environment, s, several), targets))),
	}
}

// scrapedUp is whether any target of the scrape job of a declared service can be reached;
// nobody needs to have heard of it. If there is none any more, it cannot: Prometheus
// drops what it no longer finds, and up is not 0 then, but nothing. A service that is
// heard all the same has another scrape job now.
func scrapedUp(s catalog.Service) rule.Recording {
	match := source.Identity(s)
	for _, label := range telemetry.ServiceIdentity() {
		match[label] += "" // what the entry does not tell is on none of its series
	}
	targets := rule.Select(telemetry.RecordedInstanceUp, match)
	return rule.Recording{
		Name: telemetry.RecordedUp, Labels: source.Identity(s), Carries: telemetry.ServiceIdentity(),
		Expr: fmt.Sprintf("max(%s) or 0 * max(last_over_time(%s[%s])) unless on () (%s > time() - %s)",
			targets, targets, recent, selector(telemetry.RecordedLastHeard, s.Selector()), lately),
	}
}

// plainJob are the scrape jobs without a slash, spacedJob those that read
// namespace/name. A selector with [^/] would say the same, and take promtool, which
// parses it at every evaluation, ten milliseconds each time.
const (
	plainJob  = telemetry.Job + `!~"|.*/.*"`
	spacedJob = telemetry.Job + `=~".+/.+", ` + telemetry.Job + `!~".*/"`
)

// named are targets by the service that their scrape job is called as: name, as the
// checklist has it, or namespace/name, as Prometheus calls what it is sent. Where the
// job tells no namespace, that of Kubernetes may be the service's. Targets that differ
// in other labels are one before they are named.
func named() string {
	of := func(jobs string, more ...string) string {
		by := append([]string{telemetry.Job, telemetry.Environment}, more...)
		return fmt.Sprintf("max by (%s) (%s{%s})", strings.Join(by, ", "), telemetry.Up.Name, jobs)
	}
	plain := relabel(of(plainJob, telemetry.KubeNamespace), telemetry.Service, telemetry.Job, "(.+)")
	spaced := relabel(of(spacedJob), telemetry.Service, telemetry.Job, ".+/([^/]+)")
	return fmt.Sprintf("%s or %s",
		relabel(plain, telemetry.ServiceNamespace, telemetry.KubeNamespace, "(.+)"),
		relabel(spaced, telemetry.ServiceNamespace, telemetry.Job, "(.+)/[^/]+"))
}

// relabel makes a label of a part of another.
func relabel(vector, label, from, part string) string {
	return fmt.Sprintf(`label_replace(%s, %q, "$1", %q, %q)`, vector, label, from, part)
}

// called is whether any target can be reached that is called as a service that is heard
// of. If targets have the label of an environment, it is the service's. If a namespace
// of Kubernetes is the namespace of a service of that name, targets of the name are
// those of their namespace; else they are those of every service of the name. A name
// without targets says nothing: the service may only push, or be gone for good. Nor does
// a target that nobody hears of: it need not be a service, unless the services file says
// so.
func called() string {
	joined := func(match string, by ...string) string {
		labels := strings.Join(by, ", ")
		return fmt.Sprintf("0 * %s + on (%s) group_left () max by (%s) (%s{%s})", telemetry.RecordedHeardInADay, labels, labels, telemetry.RecordedNamedUp, match)
	}
	const (
		name, namespace, environment = telemetry.Service, telemetry.ServiceNamespace, telemetry.Environment
		somewhere, everywhere        = environment + `!=""`, environment + `=""`
	)
	spaced := fmt.Sprintf("%s{%s!=%q} and on (%s, %s) %s", telemetry.RecordedNamedUp, telemetry.KubeNamespace, "", name, namespace, telemetry.RecordedHeardInADay)
	return fmt.Sprintf("%s or %s or (%s or %s) unless on (%s) (%s)",
		joined(somewhere, name, namespace, environment), joined(everywhere, name, namespace),
		joined(somewhere+", "+plainJob, name, environment), joined(everywhere+", "+plainJob, name), name, spaced)
}
