package dashboards

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// part is a part of a declared service, such as a set of data or a secret, and a
// number that the services file gives it.
type part struct {
	service catalog.Service
	name    string
	number  float64
}

// parts are those of the view's services that have the number.
func parts[T any](v view, of func(catalog.Service) []T, number func(T) (name string, at float64, has bool)) []part {
	var all []part
	for _, s := range v.services() {
		for _, item := range of(s) {
			if name, at, has := number(item); has {
				all = append(all, part{s, name, at})
			}
		}
	}
	return all
}

// declared selects recorded series with the identity that the services file tells.
// What it leaves open matches whatever the viewer chose: the backups of a service that
// is declared for all environments are not hidden by the choice of one.
func (v view) declared(metric string, more ...string) string {
	open := func(label string) string { return fmt.Sprintf(`%s=~"$%s|"`, label, label) }
	var matchers []string
	if v.service == nil {
		matchers = []string{matching(telemetry.Service), open(telemetry.ServiceNamespace)}
	} else {
		matchers = spelled(v.service.Selector())
	}
	matchers = append(matchers, open(telemetry.Environment))
	return metric + "{" + strings.Join(append(matchers, more...), ", ") + "}"
}

// each writes an expression for the parts that share a number, and joins them by "or".
// More are matchers for their series; label has the name of the part.
func (v view) each(label string, all []part, write func(number string, more []string) string) string {
	byNumber := make(map[float64][]part)
	for _, p := range all {
		byNumber[p.number] = append(byNumber[p.number], p)
	}
	var exprs []string
	for _, at := range slices.Sorted(maps.Keys(byNumber)) {
		for _, same := range apart(byNumber[at], all) {
			for _, more := range v.selectors(label, same) {
				exprs = append(exprs, write(number(at), more))
			}
		}
	}
	return strings.Join(exprs, " or ")
}

// apart are groups of parts with one number that can be selected by the names of
// services and parts, each by its own: all together, so that a query over hundreds of
// services stays short; or, where that would select one with another number, by name.
func apart(same, all []part) [][]part {
	at := same[0].number
	services, names := make(map[string]bool), make(map[string]bool)
	for _, p := range same {
		services[p.service.Name], names[p.name] = true, true
	}
	if !slices.ContainsFunc(all, func(p part) bool { return p.number != at && services[p.service.Name] && names[p.name] }) {
		return [][]part{same}
	}
	byName := make(map[string][]part)
	for _, p := range same {
		byName[p.name] = append(byName[p.name], p)
	}
	var groups [][]part
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		groups = append(groups, byName[name])
	}
	return groups
}

// selectors are matchers of the series of the parts.
func (v view) selectors(label string, same []part) [][]string {
	var services []catalog.Service
	var names []string
	for _, p := range same {
		if !slices.ContainsFunc(services, func(s catalog.Service) bool { return serviceUID(s) == serviceUID(p.service) }) {
			services = append(services, p.service)
		}
		if !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	var ofPart []string
	if label != "" {
		ofPart = spelled([]*labels.Matcher{oneOf(label, names)})
	}
	if v.service != nil {
		return [][]string{ofPart}
	}
	var all [][]string
	for _, matchers := range catalog.Selectors(services) {
		all = append(all, append(spelled(matchers), ofPart...))
	}
	return all
}

// oneOf cannot panic: a list of quoted alternatives is a valid expression.
func oneOf(label string, names []string) *labels.Matcher {
	if len(names) == 1 {
		return labels.MustNewMatcher(labels.MatchEqual, label, names[0])
	}
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = regexp.QuoteMeta(name)
	}
	return labels.MustNewMatcher(labels.MatchRegexp, label, strings.Join(quoted, "|"))
}
