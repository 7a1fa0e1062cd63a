package ruletest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
)

// Defect replaces a text by another, wherever it is in the rules of an alert and in
// the recording rules that it reads. The unit tests of the alert must fail.
type Defect struct{ Alert, From, To string }

// Plant plants defects in the rules of a family, one at a time, and requires that its
// unit tests fail. They are the ones that [Mutate] does not know of: in recording
// rules, windows and groupings.
func Plant(t *testing.T, f rule.Family, c catalog.Catalog, defects map[string]Defect, uses ...rule.Family) {
	t.Helper()
	rules := Make(t, f, c, uses...)
	for name, defect := range defects {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			files := []string{"rules.yaml"}
			for _, used := range loaded(f, uses) {
				files = append(files, used.Name+".yaml")
				write(t, dir, used.Name+".yaml", Make(t, used, c).Group)
			}
			var recordings, alerts []rulefmt.Rule
			for _, r := range rules.Group.Rules {
				switch {
				case r.Record != "":
					recordings = append(recordings, r)
				case r.Alert == defect.Alert:
					alerts = append(alerts, r)
				}
			}
			group := rules.Group
			group.Rules = append(read(t, recordings, alerts), alerts...)
			write(t, dir, "rules.yaml", group)
			path := filepath.Join(dir, "rules.yaml")
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Contains(t, string(text), defect.From, "the defect does not apply")
			broken := strings.ReplaceAll(string(text), defect.From, defect.To)
			require.NoError(t, os.WriteFile(path, []byte(broken), 0o644))
			said, err := Promtool(t, dir, "check", "rules", "rules.yaml")
			require.NoError(t, err, said)
			for i, file := range oneByOne(tests(t, rules, files), defect.Alert) {
				test := fmt.Sprintf("test_%d.yaml", i)
				encode(t, filepath.Join(dir, test), file)
				if said, err := Promtool(t, dir, "test", "rules", test); err != nil {
					require.Contains(t, said, "FAILED", said)
					return
				}
			}
			require.Fail(t, "the unit tests pass in spite of the defect")
		})
	}
}
