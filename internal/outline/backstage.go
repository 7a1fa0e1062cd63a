package outline

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// backstage is what is read of an entity of Backstage.
type backstage struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string `yaml:"kind"`
	Metadata   struct {
		Name        string            `yaml:"name"`
		Title       string            `yaml:"title"`
		Description string            `yaml:"description"`
		Annotations map[string]string `yaml:"annotations"`
		Links       []struct {
			URL   string `yaml:"url"`
			Title string `yaml:"title"`
		} `yaml:"links"`
	} `yaml:"metadata"`
	Spec struct {
		Type      string   `yaml:"type"`
		Owner     string   `yaml:"owner"`
		System    string   `yaml:"system"`
		Lifecycle string   `yaml:"lifecycle"`
		DependsOn []string `yaml:"dependsOn"`
	} `yaml:"spec"`
}

// elsewhere are annotations of Backstage that have a place in a services file, or that people
// would look for.
var elsewhere = map[string]string{
	"pagerduty.com/service-id":      "name the schedule in teams, on_call",
	"pagerduty.com/integration-key": "put it into a file and name that in routing, receivers, pagerduty",
	"opsgenie.com/team":             "name the schedule in teams, on_call; Opsgenie ends on 2027-04-05",
	"grafana/dashboard-selector":    "dashboards are generated",
}

// Backstage adds the components of a catalog-info.yaml, which may have several
// documents. The name stands in front of every error and notice.
func (o *Outline) Backstage(name string, data []byte) error {
	documents, err := split(name, data)
	if err != nil {
		return err
	}
	var errs []error
	for _, d := range documents {
		var e backstage
		if err := d.root.Decode(&e); err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", name, d.line(), err))
			continue
		}
		if !strings.HasPrefix(e.APIVersion, "backstage.io/") {
			errs = append(errs, d.wrong("apiVersion", quoted(e.APIVersion), "backstage.io/v1alpha1"))
			continue
		}
		if e.Metadata.Name == "" {
			errs = append(errs, d.wrong("metadata.name", "nothing", "a name"))
			continue
		}
		if e.Kind != "Component" || e.Spec.Type != "service" {
			o.notice(name, d.line(), "%s %q was not taken over: only components of type service are", strings.TrimSpace(e.Kind+" "+e.Spec.Type), e.Metadata.Name)
			continue
		}
		o.component(d, e)
	}
	return errors.Join(errs...)
}

func (o *Outline) component(d document, e backstage) {
	s := o.service(e.Metadata.Name)
	s.Description = e.Metadata.Description
	s.Team = last(e.Spec.Owner)
	if e.Spec.System != "" {
		o.notice(d.file, d.line("spec", "system"), "system %q of %s was not taken over: give it as namespace if it is the service.namespace of the telemetry", e.Spec.System, s.Name)
	}
	for _, l := range e.Metadata.Links {
		title := l.Title
		if title == "" {
			title = l.URL
		}
		if !strings.HasPrefix(l.URL, "http://") && !strings.HasPrefix(l.URL, "https://") {
			o.notice(d.file, d.line("metadata", "links"), "link %q of %s was not taken over: it is no absolute URL", l.URL, s.Name)
			continue
		}
		if strings.Contains(strings.ToLower(title), "runbook") && s.Runbook == "" {
			s.Runbook = l.URL
			continue
		}
		s.Links = append(s.Links, Link{title, l.URL})
	}
	for _, dependency := range e.Spec.DependsOn {
		if one := last(dependency); !slices.Contains(s.Dependencies, one) {
			s.Dependencies = append(s.Dependencies, one)
		}
	}
	for _, annotation := range slices.Sorted(maps.Keys(elsewhere)) {
		if _, has := e.Metadata.Annotations[annotation]; has {
			o.notice(d.file, d.line("metadata", "annotations"), "%s of %s was not taken over: %s", annotation, s.Name, elsewhere[annotation])
		}
	}
}

// last is the name in a reference to an entity: kind:namespace/name.
func last(reference string) string {
	return reference[strings.LastIndexAny(reference, ":/")+1:]
}
