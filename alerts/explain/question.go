package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/spell"
)

// knows reports a name that no alert has.
func (e *explainer) knows(alert string) error {
	names := catalog.AlertNames()
	for _, a := range e.all {
		if !slices.Contains(names, a.Name) {
			names = append(names, a.Name)
		}
	}
	return oneOf("ALERT", "the name of an alert", alert, names)
}

// declares reports a name that no service has.
func (e *explainer) declares(service string) error {
	if service == "" {
		return nil
	}
	var names []string
	for _, s := range e.catalog.Services {
		names = append(names, s.Name)
		if s.Namespace != "" {
			names = append(names, s.Namespace+"/"+s.Name)
		}
	}
	allowed := "a service that " + e.file + " declares"
	if len(names) > 0 && len(names) <= 10 {
		allowed += ": " + strings.Join(names, ", ")
	}
	return oneOf("--service", allowed, service, names)
}

func oneOf(what, allowed, given string, names []string) error {
	if slices.Contains(names, given) {
		return nil
	}
	if meant := spell.Nearest(given, names); meant != "" {
		return fmt.Errorf("%s: got %q, allowed: %s; did you mean %q?", what, given, allowed, meant)
	}
	return fmt.Errorf("%s: got %q, allowed: %s", what, given, allowed)
}

// about are the alerts that answer the question.
func (e *explainer) about(q Question) []alerts.Alert {
	var services, undeclared []alerts.Alert
	for _, a := range e.all {
		switch {
		case a.Name != q.Alert:
		case a.Service == nil:
			undeclared = append(undeclared, a)
		case q.Service == "" || called(*a.Service, q.Service):
			services = append(services, a)
		}
	}
	if q.Service == "" && len(undeclared) > 0 || len(undeclared) > 0 && undeclared[0].Fleet {
		return undeclared
	}
	return services
}

func called(s catalog.Service, name string) bool {
	return s.Name == name || s.Namespace != "" && s.Namespace+"/"+s.Name == name
}

// none says why there is no such alert.
func (e *explainer) none(q Question) {
	if q.Service == "" {
		e.line("No rule is made for %s.", q.Alert)
		if slices.Contains(e.catalog.Defaults.Disabled, q.Alert) {
			e.line("It is in defaults.disabled_alerts of %s.", e.file)
		} else {
			e.line("It is about something that a services file declares, and none that has it was given.")
		}
		return
	}
	e.line("%s has no %s.", q.Service, q.Alert)
	for _, s := range e.catalog.Services {
		if called(s, q.Service) && slices.Contains(s.Disabled, q.Alert) {
			e.line("It is in disabled_alerts of the service, of its tier, or of the defaults, in %s.", e.file)
			return
		}
	}
	e.line("Its entry in %s declares nothing that the alert is about.", e.file)
}
