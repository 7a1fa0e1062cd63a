package dbtext

import (
	"os"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The values that are planted, and others in their place.
const (
	canaryWord, otherWord = "kanarivogel", "zeisig"
	canaryNum, otherNum   = "7305519", "1286640"
)

// A template is a statement with W0RD and NUM for its literals.
type template struct{ system, text string }

func (t template) with(word, num string) string {
	return strings.NewReplacer("W0RD", word, "NUM", num).Replace(t.text)
}

func templates(t testing.TB) []template {
	raw, err := os.ReadFile("testdata/templates/statements.txt")
	require.NoError(t, err)
	var all []template
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		system, text, ok := strings.Cut(line, ": ")
		require.True(t, ok, line)
		all = append(all, template{system, text})
	}
	// Statements that need more than one line.
	return append(all,
		template{"postgresql", "COPY t (a, b) FROM STDIN;\nW0RD\tNUM\n\\.\n"},
		template{"postgresql", "SELECT 1 -- W0RD\rFROM t WHERE a = 'W0RD\nW0RD'"},
		template{"mysql", "SELECT 5--NUM, 'it\\'s W0RD' # it's W0RD\nFROM t WHERE a = \"W0RD\nW0RD\" -- W0RD"},
		template{"elasticsearch", "POST /_bulk\n{\"index\": {\"_id\": \"W0RD\"}}\n{\"a\": \"W0RD\", \"n\": NUM}\n"},
		template{"redis", "SET a W0RD\nHSET h f W0RD\nset b W0RD\nW0RD W0RD"},
		template{"memcached", "set user:1 0 NUM 9\r\nW0RD W0RD\r\nget W0RD\r\n"},
	)
}

// survives reports whether a part of the canaries is readable.
func survives(text string) bool {
	return strings.Contains(text, canaryWord[:4]) || strings.Contains(text, canaryNum[:4])
}

func TestNoLiteralStaysReadable(t *testing.T) {
	for _, tmpl := range templates(t) {
		text := tmpl.with(canaryWord, canaryNum)
		for _, system := range []string{tmpl.system, "", "other_sql", "never-heard-of-it"} {
			got := replaced(system, text)
			assert.False(t, survives(got), "%q: %s\nbecame %s", system, text, got)
			assert.Equal(t, got, replaced(system, tmpl.with(otherWord, otherNum)), "%q: the result tells values apart", system)
		}
	}
}

var ordinal = regexp.MustCompile(`\$[0-9]{1,5}$`)

func TestNoLiteralStaysReadableInACutOffText(t *testing.T) {
	for _, tmpl := range templates(t) {
		text := tmpl.with(canaryWord, canaryNum)
		for end := range text {
			for _, system := range []string{tmpl.system, ""} {
				if ordinal.MatchString(text[:end]) {
					continue // $7305 was an amount, and may be a parameter as it is
				}
				got := replaced(system, text[:end])
				assert.False(t, survives(got), "%q: %s\nbecame %s", system, text[:end], got)
			}
		}
	}
}

// What stands around the literals stays in a text whose system is known: nothing
// but the planted values and what they stand in is replaced.
func TestNamesStay(t *testing.T) {
	for _, tmpl := range templates(t) {
		switch {
		case strings.ContainsAny(tmpl.text, "#\"") || strings.Contains(tmpl.text, "--") || strings.Contains(tmpl.text, "/*") || dialectOf(tmpl.system).kind != kindSQL:
			continue
		}
		got := replaced(tmpl.system, tmpl.text)
		for _, word := range strings.FieldsFunc(withoutStrings(tmpl.text), func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz", r) }) {
			if len(word) > 3 {
				require.Contains(t, got, word, tmpl.text)
			}
		}
	}
}

// withoutStrings is the text up to its first quote.
func withoutStrings(text string) string {
	before, _, _ := strings.Cut(text, "'")
	return before
}

// A system that is named wrongly is believed, but what every dialect of SQL calls
// a literal goes under each name: numbers, strings in single quotes without a
// backslash, dollar quotes, comments of the forms that all know.
func TestPlainLiteralsGoUnderEachNameOfSQL(t *testing.T) {
	var systems []string
	for name, d := range dialects {
		if d.kind == kindSQL && d != graphql && d != shell && d != flux {
			systems = append(systems, name)
		}
	}
	sort.Strings(systems)
	special := []string{`"`, `\`, "`", "#", "//", "/*", "--", "q'", "'''", "EXEC", "SET ", "FORMAT", "=~", "$NUM", "[", "CONNECT", "COPY"}
	tried := 0
	for _, tmpl := range templates(t) {
		if dialectOf(tmpl.system).kind != kindSQL || containsAny(tmpl.text, special) {
			continue
		}
		tried++
		text := tmpl.with(canaryWord, canaryNum)
		for _, system := range systems {
			got := replaced(system, text)
			assert.False(t, survives(got), "%q: %s\nbecame %s", system, text, got)
		}
	}
	require.Positive(t, tried)
}

func containsAny(text string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}
