package routing

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

// program is the path of a program that the environment names.
func program(t *testing.T, variable string) string {
	t.Helper()
	path := os.Getenv(variable)
	require.NotEmpty(t, path, "%s does not name a program: run the tests with make, or run make tools and set it", variable)
	return path
}

// generated writes the configuration of a catalog, and the script that tests it,
// into a new directory.
func generated(t *testing.T, c catalog.Catalog) (dir string) {
	t.Helper()
	config, err := Config(c)
	require.NoError(t, err)
	script, err := Script(c, "alertmanager.yaml")
	require.NoError(t, err)
	dir = t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "alertmanager.yaml"), config, 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "routes.sh"), script, 0o644))
	return dir
}

// run runs the script of a directory and returns what it said.
func run(t *testing.T, dir string) (string, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "sh", "routes.sh")
	command.Dir = dir
	command.Env = append(os.Environ(), "PATH="+filepath.Dir(program(t, "AMTOOL"))+":"+os.Getenv("PATH"))
	said, err := command.CombinedOutput()
	return string(said), err
}

func TestAmtoolFindsEveryServiceAtEverySeverityAtItsReceiver(t *testing.T) {
	for name, c := range catalogs(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "large" {
				// The tree does not depend on services but through their teams: some of
				// each do. All 1,211 routes take amtool half a minute.
				c.Services = slices.DeleteFunc(c.Services, func(s catalog.Service) bool { return !strings.HasSuffix(s.Name, "7") })
				c.Routing.Teams = slices.Clone(c.Routing.Teams)
			}
			said, err := run(t, generated(t, c))
			require.NoError(t, err, said)
			require.Contains(t, said, "routes lead where they should")
		})
	}
}

func TestAmtoolSeesEveryWrongTurn(t *testing.T) {
	for name, defect := range map[string]struct{ from, to string }{
		"another pager for a team":          {"receiver: shop-pager", "receiver: pay-pager"},
		"tickets page":                      {"receiver: pay-tickets", "receiver: pay-pager"},
		"a team's route is gone":            {`- team="shop"`, `- team="shopping"`},
		"a team's route takes all":          {`- team="shop"`, `- team=~".*"`},
		"severities swapped":                {`severity="critical"`, `severity="warning"`},
		"no default for a severity":         {`severity="info"`, `severity="informational"`},
		"the unknown page":                  {"route:\n  receiver: tickets", "route:\n  receiver: old-pager"},
		"the watchdog makes tickets":        {`alertname="Watchdog"`, `alertname="Watchdogs"`},
		"a team's alerts reach two":         {"- team=\"shop\"\n", "- team=\"shop\"\n      continue: true\n"},
		"a team inherits another's tickets": {"receiver: tickets\n      routes", "receiver: chat\n      routes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := generated(t, everything(t))
			path := filepath.Join(dir, "alertmanager.yaml")
			config, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Contains(t, string(config), defect.from, "the defect does not apply")
			require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(string(config), defect.from, defect.to)), 0o644))
			said, err := run(t, dir)
			require.Error(t, err, "the route tests pass in spite of the defect")
			require.Contains(t, said, "leads elsewhere", said)
		})
	}
}
