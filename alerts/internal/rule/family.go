// Package rule is the model that generated alerts are made from. A [Family] has
// recording rules and alerts; an [Alert] knows its condition, its texts, its page
// in the runbooks and the traffic of its unit tests, each as a function of the
// numbers that a services file decides. So rule, text, runbook and test cannot say
// different things.
//
// [Make] turns families and a catalog into [Rules]; [Rules.Tests] into files for
// promtool. Everything is deterministic, and plain data once made.
package rule

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Family is a file of rules: one group, of recording rules and of the alerts that
// read them, so that an alert never looks at an older evaluation.
type Family struct {
	// Name of the file, without .yaml; the group is readygate-Name.
	Name string
	// Interval is how often the group is evaluated.
	Interval time.Duration
	// Uses are the families whose recorded series this one reads as well.
	Uses []string
	// Apart: the trials give the series that those families record, so that unit tests
	// do without their rules.
	Apart bool
	// Reads are the metrics of others that recordings and alerts read, beside those
	// of the contract. A metric without labels of its own may have any.
	Reads []telemetry.Metric
	// Recordings are the recording rules, each after those that it reads.
	Recordings func(catalog.Catalog) []Recording
	// Alerts in the order of the file.
	Alerts []Alert
	// Cases are unit tests written by hand, in YAML: by the name of the alert a list
	// of what is scraped and what fires when. They are for alerts about a fleet, whose
	// series no [Trial] describes.
	Cases []byte
}

// Loaded are the families whose rules the unit tests of this one need.
func (f Family) Loaded() []string {
	if f.Apart {
		return []string{f.Name}
	}
	return append(slices.Clone(f.Uses), f.Name)
}

// Recording is a recording rule. Its name is level:metric:operations.
type Recording struct {
	Name string
	Expr string
	// Labels are added to the series.
	Labels map[string]string
	// Carries are the labels that the series may have.
	Carries []string
	// Reads are series that this rule alone reads, beside those of the family: metrics
	// that the services file names, or its own from before. They may have any labels.
	Reads []string
}

// Alert is the model of one alert.
type Alert struct {
	Name     string
	Severity catalog.Severity
	// Labels tell the alert from others of the same name; nil where there are none.
	Labels map[string]string
	// Checklist is the check that the alert serves, as in PR-038.
	Checklist string

	// Fleet: there is one rule, with the numbers of the defaults, about what is no
	// service: machines, gateways, Prometheus itself.
	Fleet bool
	// Items are the parts of a declared service that have a rule each; nil for an
	// alert about services as a whole. There is then no rule for what is not declared.
	Items func(catalog.Service) []Item
	// Declared: there is no rule for services that the file does not declare.
	Declared bool
	// Each: every declared service has a rule of its own, because the condition
	// reads Target.Service.
	Each bool
	// Applies reports whether a declared service has a rule at all; nil for all.
	Applies func(catalog.Service) bool
	// Presence is a recorded series with the labels of a service's identity. It is
	// there whenever the condition may hold; by it the rule for undeclared services
	// leaves out those that are declared.
	Presence string

	// Condition is PromQL over recorded series. It must not contain what people
	// wrote in the file, unless through [Select].
	Condition func(Target) string
	// Wait is how long the condition must hold before the alert fires, Keep how long
	// it goes on firing after the condition ended; nil and 0 for not at all.
	Wait func(Target) time.Duration
	Keep time.Duration
	// Summary and Description are alert templates.
	Summary     string
	Description func(Target) string
	// Guide is what the runbook says.
	Guide Guide
	// Trial is the traffic by which the alert is tested, for a subject with these
	// labels of identity. Target.Service is the subject, if it is declared.
	Trial func(t Target, identity map[string]string) Trial
}

// Title tells the alert from all others: its name, and its labels if it has any.
func (a Alert) Title() string {
	return strings.Join(append([]string{a.Name}, slices.Sorted(maps.Values(a.Labels))...), " ")
}

// Item is a part of a declared service: a job, a queue, a data set.
type Item struct {
	Name string
	// Labels narrow the recorded series to the item, and are on the alert.
	Labels map[string]string
	// Value is what the file says about it, for Condition, Description and Trial.
	Value any
}

// Target is what a rule is made for.
type Target struct {
	Policy catalog.Policy
	// Service is nil in the rule for undeclared services, and in rules that several
	// services share.
	Service *catalog.Service
	// Item is its Value; nil without one.
	Item any
}

// Guide is what a person who is paged reads. Texts are Markdown.
type Guide struct {
	// Meaning says what is wrong, and Impact what users notice.
	Meaning, Impact string
	// Look are questions, each with the query that answers it.
	Look []Look
	// Act are what to do, most likely first; in a block of code where it is a command.
	Act []string
	// Release: what was released within the hour is the first suspect, so the page
	// has the decision to roll back.
	Release bool
}

// Look is a question and PromQL that answers it. The query may hold $selector,
// which becomes the matchers of the service: http_requests_total{$selector}.
type Look struct{ Question, Query string }

// Always makes a function of what does not depend on the target.
func Always[T any](v T) func(Target) T { return func(Target) T { return v } }
