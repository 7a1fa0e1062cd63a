package catalog

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// document is a file while it is read.
type document struct {
	catalog *Catalog
	foreign bool // the version is another
	// What services inherit is read before them, wherever it stands.
	defaults, services entry
	tiers              [3]entry
}

var documentForm = mapping("", []field[document]{
	at("version", "Version of the format.", versionForm(), func(f *document) *bool { return &f.foreign }).must(),
	at("grafana_url", "Where the dashboards are served; alerts then link to them.", site("https://grafana.example.com"), func(f *document) *string { return &f.catalog.GrafanaURL }),
	at("runbooks_url", "Where the generated runbooks are served; alerts then link to them.", site("https://runbooks.example.com"), func(f *document) *string { return &f.catalog.RunbooksURL }),
	at("routing", "Who is told of what.", from(defaultRouting, routingForm), func(f *document) *Routing { return &f.catalog.Routing }),
	// After the routing, which they are a part of.
	at("teams", "Who answers for services.", listOf("a list of teams", teamForm, func(t Team) string { return t.Name }), func(f *document) *[]Team { return &f.catalog.Routing.Teams }),
	at("defaults", "What holds for every service that does not say otherwise, and for all that are not declared.", kept(defaultsForm),
		func(f *document) *entry { return &f.defaults }),
	at("tiers", "What holds for the services of a tier that do not say otherwise.", mapping("", tierFields()), func(f *document) *[3]entry { return &f.tiers }),
	at("services", "The services.", kept(listOf("a list of services", serviceForm, nil)), func(f *document) *entry { return &f.services }),
})

var (
	defaultsForm = mapping("defaults", tieredFields)
	tierForm     = mapping("tier", policyFields)
)

func tierFields() []field[[3]entry] {
	var fields []field[[3]entry]
	for i, tier := range Tiers() {
		fields = append(fields, at(string(tier), "What holds for "+string(tier)+" services.", kept(tierForm), func(e *[3]entry) *entry { return &e[i] }))
	}
	return fields
}

// versionForm tells whether the version is one that is not known here.
func versionForm() form[bool] {
	allowed := strconv.Itoa(Version)
	return form[bool]{
		allowed: allowed,
		schema:  func(schema) schema { return schema{"const": Version} },
		read: func(d *decoder, n *node, path string, to *bool) {
			if d.kind(n, path, yaml.ScalarNode, allowed) && (n.ShortTag() != "!!int" || n.Value != allowed) {
				d.fail(n, path, given(n), allowed)
				*to = true
			}
		},
	}
}

// file reads the whole file. A file of another version is not judged further: what
// it means is unknown.
func (d *decoder) file(n *node, c *Catalog) {
	f := document{catalog: c}
	documentForm.read(d, n, "", &f)
	c.GrafanaURL = strings.TrimRight(c.GrafanaURL, "/")
	c.RunbooksURL = strings.TrimRight(c.RunbooksURL, "/")
	d.policies(f, c)
	d.services(f.services, c)
	d.resolve("receiver", names(c.Routing.Receivers, func(r Receiver) string { return r.Name }))
	if len(c.Routing.Teams) > 0 {
		d.resolve("team", names(c.Routing.Teams, func(t Team) string { return t.Name }))
	}
	if f.foreign {
		d.problems = slices.DeleteFunc(d.problems, func(p Problem) bool { return p.Path != "version" })
	}
}

// names of things that have one.
func names[T any](all []T, name func(T) string) []string {
	var names []string
	for _, one := range all {
		if n := name(one); n != "" {
			names = append(names, n)
		}
	}
	return names
}
