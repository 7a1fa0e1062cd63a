package rule

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/readygate/readygate/internal/spell"
)

// operators are those of a condition; of a field with a closed set of names, these
// without prefix, regex and exists.
var operators = []string{"in", "prefix", "regex", "exists", "not", "min"}

// where reads the conditions.
func (c *compiler) where(conditions map[string]any, from []Source) []condition {
	var all []condition
	for _, path := range slices.Sorted(maps.Keys(conditions)) {
		key := "where[" + path + "]"
		field, err := c.field(path, from)
		if err != nil {
			c.report(key, err.Error())
			continue
		}
		condition := condition{field: field}
		if field.names() != nil {
			condition.names = c.nameCondition(key, field, conditions[path])
		} else {
			condition.tests = c.tests(key, conditions[path], false)
		}
		all = append(all, condition)
	}
	return all
}

// tests reads what must hold for the text of a field: a scalar, or operators.
func (c *compiler) tests(key string, given any, not bool) []test {
	if text, ok := c.scalar(given); ok {
		return []test{{operator: in, not: not, set: map[string]struct{}{text: {}}}}
	}
	operands, ok := given.(map[string]any)
	if !ok || len(operands) == 0 {
		c.report(key, fmt.Sprintf("got %s, allowed: a value, or some of %s", show(given), strings.Join(operators[:5], ", ")))
		return nil
	}
	if not && len(operands) > 1 {
		c.report(key, fmt.Sprintf("got %d operators, allowed: one, because of several it would not be clear which must fail", len(operands)))
		return nil
	}
	var all []test
	for _, name := range slices.Sorted(maps.Keys(operands)) {
		operand, key := operands[name], key+"."+name
		switch name {
		case "in":
			all = append(all, test{operator: in, not: not, set: c.set(key, operand)})
		case "prefix":
			text, ok := operand.(string)
			if !ok || text == "" {
				c.report(key, fmt.Sprintf("got %s, allowed: a text that is not empty", show(operand)))
			}
			all = append(all, test{operator: prefix, not: not, prefix: text})
		case "regex":
			all = append(all, test{operator: regex, not: not, pattern: c.pattern(key, operand)})
		case "exists":
			wanted, ok := operand.(bool)
			if !ok {
				c.report(key, fmt.Sprintf("got %s, allowed: true, false", show(operand)))
			}
			all = append(all, test{operator: exists, not: not == wanted})
		case "not":
			if not {
				c.report(key, "got not within not, allowed: once")
				continue
			}
			all = append(all, c.tests(key, operand, true)...)
		case "min":
			c.report(key, "is for severity only")
		default:
			c.unknown(key, name, operators)
		}
	}
	return all
}

// pattern compiles a regular expression that must match the whole value, as in
// PromQL: one that matches a part by accident would count what it should not.
func (c *compiler) pattern(key string, given any) *regexp.Regexp {
	text, ok := given.(string)
	if !ok {
		c.report(key, fmt.Sprintf("got %s, allowed: a regular expression (RE2)", show(given)))
		return nil
	}
	// Alone first: "a)(b" is an expression only within the brackets that are put
	// around it.
	if _, err := regexp.Compile(text); err != nil {
		c.report(key, fmt.Sprintf("got %q, allowed: a regular expression (RE2): %v", text, err))
		return nil
	}
	pattern, err := regexp.Compile(`^(?s:` + text + `)$`)
	if err != nil {
		c.report(key, fmt.Sprintf("got %q, allowed: a regular expression (RE2) that can be anchored: %v", text, err))
	}
	return pattern
}

// nameCondition reads what must hold for a field with a closed set of names.
func (c *compiler) nameCondition(key string, field Field, given any) uint16 {
	if word, ok := given.(string); ok {
		return c.nameBit(key, word, field.names())
	}
	operands, ok := given.(map[string]any)
	if !ok || len(operands) == 0 {
		c.report(key, fmt.Sprintf("got %s, allowed: %s", show(given), strings.Join(field.names(), ", ")))
		return 0
	}
	all := uint16(1)<<len(field.names()) - 1
	allowed := all
	for _, name := range slices.Sorted(maps.Keys(operands)) {
		operand, key := operands[name], key+"."+name
		switch {
		case name == "in":
			var bits uint16
			for _, word := range c.list(key, operand) {
				bits |= c.nameBit(key, word, field.names())
			}
			allowed &= bits
		case name == "not":
			allowed &= all &^ c.nameCondition(key, field, operand)
		case name == "min" && field.place == logSeverity:
			word, _ := operand.(string)
			// What is unspecified is not at least anything.
			bit := c.nameBit(key, word, field.names()[:len(severityNames)-1])
			allowed &= all >> 1 &^ (bit - 1)
		case name == "min":
			c.report(key, "is for severity only")
		case name == "prefix" || name == "regex" || name == "exists":
			c.report(key, fmt.Sprintf("is not for %s, allowed: in, not", field.path))
		default:
			c.unknown(key, name, operators)
		}
	}
	return allowed
}

func (c *compiler) nameBit(key, word string, names []string) uint16 {
	i := slices.Index(names, word)
	if i < 0 {
		c.notOneOf(key, word, names)
		return 0
	}
	return 1 << i
}

// set reads a list of values.
func (c *compiler) set(key string, given any) map[string]struct{} {
	set := map[string]struct{}{}
	for _, text := range c.list(key, given) {
		set[text] = struct{}{}
	}
	return set
}

func (c *compiler) list(key string, given any) []string {
	values, ok := given.([]any)
	if !ok || len(values) == 0 {
		c.report(key, fmt.Sprintf("got %s, allowed: a list of values", show(given)))
		return nil
	}
	var texts []string
	for i, v := range values {
		text, ok := c.scalar(v)
		if !ok {
			c.report(fmt.Sprintf("%s[%d]", key, i), fmt.Sprintf("got %s, allowed: a string, a number, true, false", show(v)))
		}
		texts = append(texts, text)
	}
	return texts
}

// scalar is the canonical text of a value of the configuration.
func (*compiler) scalar(given any) (string, bool) {
	v, ok := viewScalar(given)
	return v.canonical(), ok
}

// show shows what was given, without its insides if it has any.
func show(given any) string {
	switch v := given.(type) {
	case nil:
		return "nothing"
	case map[string]any:
		return fmt.Sprintf("a mapping of %d keys", len(v))
	case []any:
		return fmt.Sprintf("a list of %d values", len(v))
	case string:
		return fmt.Sprintf("%q", v)
	default:
		return fmt.Sprint(v)
	}
}

// unknown reports a key that does not exist.
func (c *compiler) unknown(key, word string, allowed []string) {
	c.report(key, fmt.Sprintf("there is no such key, %sallowed: %s", guess(word, allowed), strings.Join(allowed, ", ")))
}

// notOneOf reports a word that is not one of those allowed.
func (c *compiler) notOneOf(key, word string, allowed []string) {
	got := strconv.Quote(word)
	if word == "" {
		got = "nothing"
	}
	c.report(key, fmt.Sprintf("got %s, %sallowed: %s", got, guess(word, allowed), strings.Join(allowed, ", ")))
}

// guess asks for the word that was probably meant, if there is one.
func guess(word string, allowed []string) string {
	if nearest := spell.Nearest(word, allowed); nearest != "" {
		return "did you mean " + nearest + "? "
	}
	return ""
}
