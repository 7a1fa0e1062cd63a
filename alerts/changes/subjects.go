package changes

import (
	"cmp"
	"slices"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
)

// key is an alert about a subject.
type key struct {
	service, namespace, environment string
	alert, item, variant            string
	fleet                           bool
}

// set are the alerts of one file.
type set struct {
	of map[string][]alerts.Alert // by name, in order
}

func take(r *alerts.Rules) (set, error) {
	all, err := r.Alerts()
	s := set{of: make(map[string][]alerts.Alert)}
	for _, a := range all {
		s.of[a.Name] = append(s.of[a.Name], a)
	}
	return s, err
}

// keys are those of both sets, sorted.
func keys(sets ...set) []key {
	seen := make(map[key]bool)
	var all []key
	add := func(k key) {
		if !seen[k] {
			seen[k] = true
			all = append(all, k)
		}
	}
	for _, s := range sets {
		for _, of := range s.of {
			for _, a := range of {
				k := key{alert: a.Name, item: a.Item, variant: a.Variant, fleet: a.Fleet}
				if a.Service != nil {
					k.service, k.namespace, k.environment = a.Service.Name, a.Service.Namespace, environment(*a.Service)
				}
				add(k)
			}
		}
	}
	slices.SortFunc(all, func(a, b key) int {
		return cmp.Or(cmp.Compare(a.service, b.service), cmp.Compare(a.namespace, b.namespace), cmp.Compare(a.environment, b.environment),
			cmp.Compare(a.alert, b.alert), cmp.Compare(a.item, b.item), cmp.Compare(a.variant, b.variant))
	})
	return all
}

func environment(s catalog.Service) string {
	if len(s.Environments) == 0 {
		return ""
	}
	return s.Environments[0]
}

// find is the alert that judges the subject: its own, or the one about what is not
// declared; nil when there is none.
func (s set) find(k key) *alerts.Alert {
	var undeclared *alerts.Alert
	for i, a := range s.of[k.alert] {
		switch {
		case a.Item != k.item || a.Variant != k.variant:
		case a.Service == nil:
			undeclared = &s.of[k.alert][i]
		case k.service != "" && a.Service.Governs(k.service, k.namespace, k.environment):
			return &s.of[k.alert][i]
		}
	}
	if undeclared == nil || k.service != "" && undeclared.Excepts(k.service, k.namespace, k.environment) {
		return nil
	}
	return undeclared
}

// who is the subject for people. An identity is elsewhere where one of the files says
// more of a part of it.
func who(k key, all []key) string {
	name := "undeclared services"
	switch {
	case k.fleet:
		name = "the fleet"
	case k.service != "":
		s := catalog.Service{Name: k.service, Namespace: k.namespace}
		if k.environment != "" {
			s.Environments = []string{k.environment}
		}
		name = rule.Display(s)
		if slices.ContainsFunc(all, func(other key) bool {
			return other.service == k.service && (k.namespace == "" || k.namespace == other.namespace) &&
				(k.environment == "" && other.environment != "" || k.namespace == "" && other.namespace != "")
		}) {
			name += " elsewhere"
		}
	}
	if k.item != "" {
		name += ", " + k.item
	}
	return name
}
