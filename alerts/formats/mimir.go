package formats

import (
	"errors"

	"github.com/prometheus/prometheus/model/rulefmt"

	"github.com/readygate/readygate/alerts"
)

// MimirOptions are what rules do not say.
type MimirOptions struct {
	// Namespace is the folder of rules in the ruler; it must not be empty.
	Namespace string
	// MaxRules is how many rules a group may have; larger ones are split. 0 is for no
	// limit. Mimir's own default (ruler_max_rules_per_rule_group) is 20.
	MaxRules int
}

// namespaced is what mimirtool, cortextool and lokitool read: a rule file with the
// namespace in it.
type namespaced struct {
	Namespace string              `yaml:"namespace"`
	Groups    []rulefmt.RuleGroup `yaml:"groups"`
}

// Mimir writes one file of all groups, as `mimirtool rules load` and `mimirtool rules
// sync` read it. The ruler of Loki has the same layout of files, but its rules are
// LogQL: these are not for it.
func Mimir(groups []rulefmt.RuleGroup, o MimirOptions) ([]alerts.File, error) {
	if o.Namespace == "" {
		return nil, errors.New("namespace: got an empty one, allowed: the name of a folder of rules")
	}
	all := namespaced{Namespace: o.Namespace}
	for _, group := range groups {
		all.Groups = append(all.Groups, split(group, o.MaxRules, func(rulefmt.Rule) int { return 1 })...)
	}
	text, err := write(all)
	if err != nil {
		return nil, err
	}
	return []alerts.File{{Path: "mimir.yaml", Data: text}}, nil
}
