package detect

import "strings"

// harmlessValues are words that say something about a secret, not the secret.
var harmlessValues = words(`
	true false null nil none undefined empty redacted masked hidden filtered
	string str bool boolean int integer number text object array type bytes
	yes no on off enabled disabled required optional missing present set unset
	sensitive known
	invalid valid expired changed updated wrong incorrect unknown failed ok n/a na
`)

// reveals reports whether a value can be a secret at all: placeholders, markers
// and words about secrets are none.
func reveals(value string) bool {
	value = strings.TrimSpace(value)
	// Terraform and others write (sensitive value), (known after apply).
	if inner, opened := strings.CutPrefix(value, "("); opened && harmlessValues[toLower(strings.TrimSuffix(inner, ")"))] {
		return false
	}
	if value == "" || value == "0" || value == "1" {
		return false
	}
	if len(value) <= 9 && harmlessValues[strings.ToLower(value)] {
		return false
	}
	if allSame(value) && strings.IndexByte(`*xX.-#?_`, value[0]) >= 0 {
		return false
	}
	return markerEnd(value, 0) != len(value) && !placeholder(value)
}

// maxPlaceholder bounds what may be skipped as a placeholder.
const maxPlaceholder = 64

// placeholder reports whether the value stands for one to be filled in, or that
// was taken out: ${NAME}, $(NAME), {{ name }}, <name>, [Filtered], %s.
func placeholder(value string) bool {
	if len(value) > maxPlaceholder {
		return false
	}
	for _, p := range []struct {
		open, close string
		stands      func(inner string) bool
	}{
		{"${", "}", plainName},
		{"$(", ")", plainName},
		{"{{", "}}", plainName},
		{"<", ">", plainName},
		// A list of one secret is printed in brackets too.
		{"[", "]", func(inner string) bool { return harmlessValues[strings.ToLower(inner)] }},
		{"%", "", func(verb string) bool { return len(verb) == 1 && has(verb[0], isLower) }},
	} {
		inner, opened := strings.CutPrefix(value, p.open)
		inner, closed := strings.CutSuffix(inner, p.close)
		if opened && closed && p.stands(inner) {
			return true
		}
	}
	return false
}

// plainName reports whether s is a name without digits: what may stand between
// the brackets of a placeholder. A secret in brackets nearly always has digits.
func plainName(s string) bool {
	for i := range len(s) {
		if !has(s[i], isAlpha|isUnderscore|isDash|isSpace) {
			return false
		}
	}
	return s != ""
}
