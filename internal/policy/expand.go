package policy

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// reference is a part of a value that stands for something else: "$$" for "$", and
// ${env:NAME}, ${env:NAME:-default} or ${NAME} for a variable.
var reference = regexp.MustCompile(`\$\$|\$\{[^}]*\}?`)

// variable takes a reference to a variable of the environment apart.
var variable = regexp.MustCompile(`^\$\{(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(:-[^}]*)?\}$`)

// expand returns the text of a scalar with the variables of the environment in
// their places, and whether that could be done. Nothing of a secret is told.
func (d *decoder) expand(n *yaml.Node, path string, secret bool) (text string, ok bool) {
	ok = true
	text = reference.ReplaceAllStringFunc(n.Value, func(r string) string {
		if r == "$$" {
			return "$"
		}
		m := variable.FindStringSubmatch(r)
		if m == nil {
			if secret {
				r = "a reference to something else"
			}
			d.problem(n, path, "got %s, allowed: ${env:NAME} or ${env:NAME:-default}, and $$ for a dollar sign", r)
			ok = false
			return ""
		}
		value, set := os.LookupEnv(m[1])
		if fallback, has := strings.CutPrefix(m[2], ":-"); !set && has {
			return fallback
		}
		if !set {
			advice := ""
			if !secret { // a default would be a key that is no secret
				advice = fmt.Sprintf(", or give a default: ${env:%s:-default}", m[1])
			}
			d.problem(n, path, "the environment variable %s is not set; set it%s", m[1], advice)
			ok = false
		}
		return value
	})
	return text, ok
}
