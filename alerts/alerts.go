// Package alerts turns a services file into Prometheus rules and into the unit
// tests of those rules.
//
//	rules, err := alerts.Generate(catalog.Default(), alerts.Options{})
//	...
//	files, err := rules.Files()   // rule files and tests for promtool test rules
//
// # What the rules promise
//
// One group holds the recording rules and the alerts that read them, so that an
// alert never looks at yesterday's evaluation. Series are summed over gateway
// instances and releases; what remains is the identity of a service: its name,
// namespace and environment. Alerts read only recorded series; where those come
// from is the business of the recording rules.
//
// A declared service has the numbers of its entry. Services that inherit all that
// matters to an alert from their tier share a rule; one that overrides something
// has a rule of its own. All other series, and a declared service outside its
// environments, are governed by one generic rule that excludes what is
// declared: no series is ever judged by two thresholds.
//
// # Guarantees
//
// Output is deterministic to the byte. Every expression is parsed, and held
// against the metrics that the gateway derives, its own, and those that a family
// says it reads, before it is returned. Every rule passes Prometheus' own check, and
// a rule file, read back strictly, says the same. The unit tests need promtool of
// Prometheus 3.
package alerts

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/prometheus/model/rulefmt"

	"github.com/readygate/readygate/alerts/internal/availability"
	"github.com/readygate/readygate/alerts/internal/business"
	"github.com/readygate/readygate/alerts/internal/gateway"
	"github.com/readygate/readygate/alerts/internal/meta"
	"github.com/readygate/readygate/alerts/internal/node"
	"github.com/readygate/readygate/alerts/internal/recovery"
	"github.com/readygate/readygate/alerts/internal/red"
	"github.com/readygate/readygate/alerts/internal/release"
	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/alerts/internal/saturation"
	"github.com/readygate/readygate/alerts/internal/slo"
	"github.com/readygate/readygate/alerts/internal/work"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
)

// Options are what the services file does not say. The zero value is valid.
type Options = rule.Options

// families in the order of their files.
func families() []rule.Family {
	return []rule.Family{
		red.Family(),
		availability.Family(),
		slo.Family(),
		work.Family(),
		saturation.Family(),
		node.Family(),
		business.Family(),
		release.Family(),
		recovery.Family(),
		gateway.Family(),
		meta.Family(),
	}
}

// Rules are the recording rules and alerts of a catalog.
type Rules struct {
	catalog  catalog.Catalog
	options  Options
	families []*rule.Rules
}

// Generate makes the rules of a catalog. An error is a defect of this package,
// never of the catalog: whatever [catalog.Parse] accepts has rules.
func Generate(c catalog.Catalog, o Options) (*Rules, error) {
	r := &Rules{catalog: c, options: o}
	all := families()
	recorded := make(map[string]query.Series)
	for _, f := range all {
		recorded[f.Name] = rule.Recorded(f, c)
	}
	made, err := each(all, func(f rule.Family) (*rule.Rules, error) {
		uses := make(query.Series)
		for _, name := range f.Uses {
			maps.Copy(uses, recorded[name])
		}
		return rule.Make(f, c, o, uses)
	})
	if err != nil {
		return nil, err
	}
	r.families = slices.DeleteFunc(made, func(f *rule.Rules) bool { return len(f.Group.Rules) == 0 })
	return r, nil
}

// each does the work of all families at the same time, and joins what came of it in
// their order: hundreds of services have thousands of rules.
func each[In, Out any](families []In, work func(In) (Out, error)) ([]Out, error) {
	all, errs := make([]Out, len(families)), make([]error, len(families))
	var working sync.WaitGroup
	for i, f := range families {
		working.Go(func() { all[i], errs[i] = work(f) })
	}
	working.Wait()
	return all, errors.Join(errs...)
}

// Groups are all rules, one group for each family.
func (r *Rules) Groups() []rulefmt.RuleGroup {
	groups := make([]rulefmt.RuleGroup, len(r.families))
	for i, f := range r.families {
		groups[i] = f.Group
	}
	return groups
}

// File is a generated file: its path below the folder of the rules, with slashes.
type File struct {
	Path string
	Data []byte
}

// Files are the rule files, and below tests/ their unit tests, for each pace of
// evaluation a file: promtool test rules tests/*.yaml.
func (r *Rules) Files() ([]File, error) {
	made := make(map[string]bool)
	for _, f := range r.families {
		made[f.Family.Name] = true
	}
	all, err := each(r.families, func(f *rule.Rules) ([]File, error) {
		text, err := encodeRules(f.Group)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Family.Name, err)
		}
		tests, err := unitTests(f, made)
		return append([]File{{ruleFile(f.Family.Name), text}}, tests...), err
	})
	if err != nil {
		return nil, err
	}
	var rules, tests []File
	for _, files := range all {
		rules, tests = append(rules, files[0]), append(tests, files[1:]...)
	}
	return append(rules, tests...), nil
}

// unitTests are the files of tests of a family, one for each pace. Made are the
// families that have rules.
func unitTests(f *rule.Rules, made map[string]bool) ([]File, error) {
	tests, err := f.Tests()
	if err != nil {
		return nil, err
	}
	var all []File
	for _, pace := range slices.Sorted(maps.Keys(tests)) {
		for _, name := range f.Family.Loaded() {
			if made[name] {
				tests[pace].RuleFiles = append(tests[pace].RuleFiles, "../"+ruleFile(name))
			}
		}
		text, err := encodeTests(*tests[pace])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Family.Name, err)
		}
		all = append(all, File{testFile(f.Family.Name, pace), text})
	}
	return all, nil
}

func ruleFile(family string) string { return family + ".yaml" }

func testFile(family string, pace time.Duration) string {
	return "tests/" + family + "_" + rule.Short(pace) + ".yaml"
}

// Series are all that the rules of a catalog read and record, and what they carry: what
// dashboards may show beside the metrics of the contract.
func Series(c catalog.Catalog) query.Series {
	all := make(query.Series)
	for _, f := range families() {
		recorded := rule.Recorded(f, c)
		maps.Copy(all, rule.Known(f, recorded))
		maps.Copy(all, recorded)
	}
	return all
}
