package dbtext

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// replaced is the query with its literals replaced.
func replaced(system, query string) string {
	var b strings.Builder
	end := 0
	for _, s := range Literals(nil, system, query) {
		b.WriteString(query[end:s.Start])
		b.WriteString(s.Replacement)
		end = s.End
	}
	return b.String() + query[end:]
}

// TestCases runs testdata, one file for each language. A case is
//
//	system: the name of the database    (optional)
//	in: the query
//	out: the query with its literals replaced
//
// or "same: the query" where nothing may change. A blank line ends it. {{nl}} and
// {{cr}} stand for the ends of lines.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	total := 0
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			for _, c := range readCases(t, file) {
				total++
				got := replaced(c.system, c.in)
				if got != c.out {
					t.Errorf("%s:%d\n  in   %s\n  got  %s\n  want %s", file, c.line, c.in, got, c.out)
				}
				require.Equal(t, got, replaced(c.system, got), "%s:%d: replacing twice", file, c.line)
				if json.Valid([]byte(c.in)) {
					require.True(t, json.Valid([]byte(got)), "%s:%d: %s is no longer JSON", file, c.line, got)
				}
			}
		})
	}
	require.Greater(t, total, 150)
}

type testCase struct {
	line            int
	system, in, out string
}

func readCases(t testing.TB, file string) []testCase {
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	var cases []testCase
	var c testCase
	for i, line := range strings.Split(string(raw)+"\n\n", "\n") {
		field, value, _ := strings.Cut(line, ": ")
		value = strings.NewReplacer("{{nl}}", "\n", "{{cr}}", "\r").Replace(value)
		switch {
		case strings.HasPrefix(line, "# "):
		case field == "system":
			c.system = value
		case field == "in":
			c.line, c.in = i+1, value
		case field == "out":
			c.out = value
		case field == "same":
			c.line, c.in, c.out = i+1, value, value
		case line == "":
			if c.line > 0 {
				cases = append(cases, c)
			}
			c = testCase{}
		default:
			t.Fatalf("%s:%d: got %q, allowed: system:, in:, out:, same:, # or a blank line", file, i+1, line)
		}
	}
	require.NotEmpty(t, cases)
	return cases
}
