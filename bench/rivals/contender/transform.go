package contender

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/transformprocessor"
)

// Transform returns the transform processor with a statement for each pattern
// and each path that its language, OTTL, can write to.
//
// OTTL has no statement that goes into nested values, numbers or bytes. Where a
// map still holds a finding after its texts were searched, all of its values
// become text, nested ones JSON, and are searched once more. That changes types
// but reaches what nothing else does. Its lambda functions are off by default,
// and are not used.
func Transform() (Contender, error) {
	return configured("transform", transformprocessor.NewFactory(), map[string]any{
		"error_mode": "silent",
		"trace_statements": statements(
			group{"resource", []string{"schema_url"}, []string{"attributes"}},
			group{"scope", []string{"name", "version", "schema_url"}, []string{"attributes"}},
			group{"span", []string{"name", "status.message", "trace_state"}, []string{"attributes"}},
			group{"spanevent", []string{"name"}, []string{"attributes"}},
		),
		"log_statements": append(statements(
			group{"resource", []string{"schema_url"}, []string{"attributes"}},
			group{"scope", []string{"name", "version", "schema_url"}, []string{"attributes"}},
			group{"log", []string{"severity_text", "event_name"}, []string{"attributes"}},
		), body()...),
		"metric_statements": statements(
			group{"resource", []string{"schema_url"}, []string{"attributes"}},
			group{"scope", []string{"name", "version", "schema_url"}, []string{"attributes"}},
			group{"metric", []string{"name", "description", "unit"}, []string{"metadata"}},
			group{"datapoint", nil, []string{"attributes"}},
			group{"exemplar", nil, []string{"filtered_attributes"}},
		),
	})
}

// group is a context of OTTL, with its paths to texts and to maps.
type group struct {
	context     string
	texts, maps []string
}

// anyPattern matches where one of the patterns does.
var anyPattern = quote("(?:" + strings.Join(patterns, ")|(?:") + ")")

// quote returns text as a literal of OTTL.
func quote(text string) string { return strconv.Quote(text) }

// statements returns the statements of the groups, in the order given.
func statements(groups ...group) []any {
	var all []any
	for _, g := range groups {
		var list []any
		for _, text := range g.texts {
			list = append(list, replaceText(g.context+"."+text)...)
		}
		for _, m := range g.maps {
			list = append(list, replaceIn(g.context+"."+m)...)
		}
		all = append(all, block(g.context, list, ""))
		for _, m := range g.maps {
			path := g.context + "." + m
			list := append([]any{fmt.Sprintf("stringify_all(%s)", path)}, replaceIn(path)...)
			all = append(all, block(g.context, list, holds(path)))
		}
	}
	return all
}

// body returns the statements for a log's body, which can be of any type. What
// is left after the body was searched as what it is becomes text.
func body() []any {
	const path = "log.body"
	return []any{
		block("log", replaceText(path), "IsString(log.body)"),
		block("log", replaceIn(path), "IsMap(log.body)"),
		block("log", append([]any{"set(log.body, String(log.body))"}, replaceText(path)...), holds(path)),
	}
}

// block returns statements that run where condition, if there is one, holds.
func block(context string, statements []any, condition string) any {
	b := map[string]any{"context": context, "statements": statements}
	if condition != "" {
		b["conditions"] = []any{condition}
	}
	return b
}

// holds is the condition that there is a finding somewhere under path.
func holds(path string) string { return fmt.Sprintf("IsMatch(String(%s), %s)", path, anyPattern) }

// replaceText returns the statements for a path to a text.
func replaceText(path string) []any {
	var list []any
	for _, p := range patterns {
		list = append(list, fmt.Sprintf(`replace_pattern(%s, %s, "****")`, path, quote(p)))
	}
	return list
}

// replaceIn returns the statements for a path to a map, whose keys they search
// too.
func replaceIn(path string) []any {
	list := []any{fmt.Sprintf("delete_matching_keys(%s, %s)", path, quote(secretKeys))}
	for _, mode := range []string{"value", "key"} {
		for _, p := range patterns {
			list = append(list, fmt.Sprintf(`replace_all_patterns(%s, "%s", %s, "****")`, path, mode, quote(p)))
		}
	}
	return list
}
