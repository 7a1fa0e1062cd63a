package red

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
)

// No alert tells 0 from nothing; dashboards and other families do.
func TestAServiceThatNeverFailedHasARatioOfZero(t *testing.T) {
	dir := t.TempDir()
	var rules bytes.Buffer
	encoder := yaml.NewEncoder(&rules)
	encoder.SetIndent(2)
	require.NoError(t, encoder.Encode(rulefmt.RuleGroups{Groups: []rulefmt.RuleGroup{ruletest.Make(t, Family(), catalogs()["profiles"]).Group}}))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "rules.yaml"), rules.Bytes(), 0o644))
	tests, err := os.ReadFile("testdata/zero.yaml")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tests.yaml"), tests, 0o644))
	said, err := ruletest.Promtool(t, dir, "test", "rules", "tests.yaml")
	require.NoError(t, err, said)
}
