package dbtext

import (
	"encoding/json"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// systems are one name of each dialect.
func systems() []string {
	byDialect := map[*dialect]string{generic: ""}
	for name, d := range dialects {
		if other, ok := byDialect[d]; !ok || d != generic && name < other {
			byDialect[d] = name
		}
	}
	var names []string
	for _, name := range byDialect {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// FuzzLiterals holds the promises for any text of any system: no panic, literals
// in order and inside the text, none in the result in the end, JSON stays JSON, and UTF-8
// stays UTF-8.
func FuzzLiterals(f *testing.F) {
	names := systems()
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(f, err)
	for _, file := range files {
		for _, c := range readCases(f, file) {
			f.Add(uint8(sort.SearchStrings(names, c.system)), c.in)
		}
	}
	for _, t := range templates(f) {
		f.Add(uint8(0), t.text)
	}
	f.Fuzz(func(t *testing.T, n uint8, query string) {
		system := names[int(n)%len(names)]
		end := 0
		for _, s := range Literals(nil, system, query) {
			require.True(t, s.Start >= end && s.End > s.Start && s.End <= len(query), "%+v", s)
			end = s.End
		}
		got := replaced(system, query)
		// A literal that is gone may show another: the scrubber goes on until none is left.
		rest := got
		for range 3 {
			rest = replaced(system, rest)
		}
		require.Equal(t, rest, replaced(system, rest), "%q: does not come to rest", system)
		require.True(t, !utf8.ValidString(query) || utf8.ValidString(got), "%q: %q became %q", system, query, got)
		if first := strings.TrimSpace(query); json.Valid([]byte(query)) && (first[0] == '{' || first[0] == '[' && !dialectOf(system).brackets) {
			require.True(t, json.Valid([]byte(got)), "%q: %s became %s", system, query, got)
		}
	})
}

// Hostile texts: what makes a careless reader quadratic takes a time here that is
// far from it. The bound is generous, since machines differ: the square of the
// length would take minutes.
func TestHostileTextsTakeLinearTime(t *testing.T) {
	for _, system := range systems() {
		size := 1 << 16
		if system == "" || system == "mongodb" || system == "redis" || system == "postgresql" {
			size = 1 << 20
		}
		for _, unit := range []string{
			"'", "''", `\'`, `'\`, `"`, `"a".`, `\"`, "`", "[", "[[a]", "(", "{", "}", "$", "$a", "$a$", "$1", "$$ ", "q'[", "q'[' ", "E'", "n'a' ", "'''", `"""`, "' ' a",
			"/", "/*", "/*+", "/*!", "/*/", "*/", "~ /", "~/a", "--", "-- ", "--\n", "--\r", "#", "#\n", "//", "//\n", ":1", ": ", "?", "?1", "%", ".", ".5", "1.", "1e+", "1e5-",
			"a", "a ", " ", "\n", "\u00a0", "\xe2", "é", "\x00", "5", "5 ", "0x", "550e8400-", ";", "a;", "=", "set a=", "set a='", "exec a b,", "exec a.", "a.", "identified by ", "password ",
			"insert format ", "copy stdin;", "from \"", `{"a":`, `{"a" `, `{"a":1}`, `["a",`, "{a: b", "{a=", "a(", "new ", "{:a=>", "get a\n", "get a;", "SET a b\n", "hset a b c ", "mset a\n", "\n;", "GET /_a/b", "a=b&", "get /?a=&",
		} {
			text := "SELECT " + strings.Repeat(unit, size/len(unit))
			start := time.Now()
			_ = Literals(nil, system, text[len("SELECT "):])
			_ = Literals(nil, system, text)
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("%q: %q repeated to %d bytes took %s", system, unit, size, took)
			} else if took > time.Second {
				t.Logf("%q: %q: %s", system, unit, took)
			}
		}
	}
}
