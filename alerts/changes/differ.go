package changes

import (
	"regexp"
	"strings"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/internal/rule"
)

// numeral is a number of an expression.
var numeral = regexp.MustCompile(`[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?`)

// differ are the fields in which two alerts about one subject differ.
func differ(old, now alerts.Alert) []Field {
	var all []Field
	add := func(name, from, to string) {
		if from != to {
			all = append(all, Field{name, from, to})
		}
	}
	had, has := old.Numbers(), now.Numbers()
	waits := old.For != now.For
	itemNumbers := false
	for _, n := range had {
		if !waits || !strings.HasSuffix(n.Key, "_for") {
			to := value(has, n.Key)
			itemNumbers = itemNumbers || to != n.Value && n.Meaning == ""
			add(strings.TrimPrefix(n.Key, "thresholds."), n.Value, to)
		}
	}
	for _, n := range has {
		if value(had, n.Key) == "" && (!waits || !strings.HasSuffix(n.Key, "_for")) {
			itemNumbers = itemNumbers || n.Meaning == ""
			add(strings.TrimPrefix(n.Key, "thresholds."), "", n.Value)
		}
	}
	add("for", rule.Short(old.For), rule.Short(now.For))
	add("keep_firing_for", rule.Short(old.KeepFiringFor), rule.Short(now.KeepFiringFor))
	add("severity", string(old.Severity), string(now.Severity))
	add("tier", string(old.Policy.Tier), string(now.Policy.Tier))
	add("team", old.Policy.Team, now.Policy.Team)
	// Beside the numbers of the policy: what the item says.
	from, to := old.Condition(old.Policy), now.Condition(old.Policy)
	if itemNumbers && numeral.ReplaceAllString(from, "0") == numeral.ReplaceAllString(to, "0") {
		return all
	}
	add("condition", oneLine(from), oneLine(to))
	return all
}

func value(numbers []alerts.Number, key string) string {
	for _, n := range numbers {
		if n.Key == key {
			return n.Value
		}
	}
	return ""
}

func oneLine(expr string) string { return strings.Join(strings.Fields(expr), " ") }
