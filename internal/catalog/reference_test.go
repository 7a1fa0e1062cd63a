package catalog

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/golden"
)

// The page is prose with tables, and the tables are the fields that decode the file.
func TestTheReferenceIsMadeOfTheFields(t *testing.T) {
	told := make(map[string]bool)
	page, err := template.New("services.md.tmpl").Funcs(template.FuncMap{
		"keys": func(path string) string {
			told[path] = true
			return table(rowsAt(t, documentForm.rows, path))
		},
		"thresholds": thresholdTable,
		"checks":     checkTable,
		"tiers":      func() string { return code(Tiers()) },
		"severities": func() string { return code(Severities()) },
		"alerts":     func() string { return code(AlertNames()) },
		"bounds": func() string {
			var bounds []string
			for _, b := range LatencyBounds() {
				bounds = append(bounds, b.String())
			}
			return strings.Join(bounds, ", ")
		},
	}).ParseFiles("testdata/services.md.tmpl")
	require.NoError(t, err)
	var text bytes.Buffer
	require.NoError(t, page.Execute(&text, nil))
	golden.File(t, "../../docs/reference/services.md", text.Bytes())

	// Policies have the same keys everywhere.
	policy := regexp.MustCompile(`^(defaults|tiers\.[a-z-]+|tiers)\b`)
	for _, path := range mappings("", documentForm.rows) {
		path = policy.ReplaceAllString(path, "services")
		require.True(t, told[path] || slices.Contains(elsewhere, path), "the page does not tell of %s", path)
	}
}

// elsewhere are mappings that the page tells of in a section of another.
var elsewhere = []string{
	"services.backups.oldest", "services.backups.drill", "services.deployment_window", "services.thresholds",
	"routing.default", "routing.repeat", "teams.receivers",
}

// rowsAt finds the keys below a path such as services.jobs.
func rowsAt(t *testing.T, rows []row, path string) []row {
	t.Helper()
	if path == "" {
		return rows
	}
	key, rest, _ := strings.Cut(path, ".")
	i := slices.IndexFunc(rows, func(r row) bool { return r.key == key })
	require.GreaterOrEqual(t, i, 0, key)
	require.NotEmpty(t, rows[i].of, key)
	return rowsAt(t, rows[i].of, rest)
}

// mappings lists the paths of all mappings, each once that is spelled at several.
func mappings(path string, rows []row) []string {
	paths := []string{path}
	for _, r := range rows {
		if r.of != nil {
			paths = append(paths, mappings(strings.TrimPrefix(path+"."+r.key, "."), r.of)...)
		}
	}
	return paths
}

// table has a row for each key.
func table(rows []row) string {
	var b strings.Builder
	b.WriteString("| key | allowed | meaning |\n|---|---|---|\n")
	for _, f := range rows {
		key := "`" + f.key + "`"
		if f.required {
			key += ", required"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", key, cell(f.allowed), cell(f.about))
	}
	return b.String()
}

func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

func code[T ~string](words []T) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = "`" + string(w) + "`"
	}
	return strings.Join(quoted, ", ")
}

func thresholdTable() string {
	var b strings.Builder
	b.WriteString("| key | default | allowed | meaning | where it comes from |\n|---|---|---|---|---|\n")
	for i, f := range thresholdFields() {
		k := ThresholdKeys()[i]
		allowed := f.allowed
		if k.Bounds != nil {
			allowed = "a boundary, above"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", k.Key, k.Default(), cell(allowed), cell(k.Meaning), cell(k.Source))
	}
	return b.String()
}

func checkTable() string {
	var b strings.Builder
	b.WriteString("| check | checkbox | a signature holds |\n|---|---|---|\n")
	for _, c := range Checks() {
		holds := fmt.Sprintf("%dd", c.longest())
		switch {
		case c.Class == Decided:
			continue
		case c.Expires == PerRelease:
			holds = "per release"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", c.ID, cell(c.Title), holds)
	}
	return b.String()
}
