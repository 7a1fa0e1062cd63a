package dashboards

import (
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

// titled is the panel of the generated dashboard with the title.
func titled(t *testing.T, c catalog.Catalog, name, title string) dashboard.Panel {
	t.Helper()
	all, err := Generate(c)
	require.NoError(t, err)
	for _, d := range all {
		if d.Name != name {
			continue
		}
		for _, p := range panels(d.Dashboard) {
			if *p.Title == title {
				return p
			}
		}
	}
	require.Fail(t, "no such panel", "%s: %s", name, title)
	return dashboard.Panel{}
}

func stepsOf(p dashboard.Panel) int { return len(p.FieldConfig.Defaults.Thresholds.Steps) }

// Nobody looks at what is disabled: neither a line nor a green "None" may say otherwise.
func TestADisabledAlertIsNoLineAndNoSilence(t *testing.T) {
	c := catalog.Default()
	const graph, stat, peers = "Share of errors by service", "Errors, worst service", "Dependencies in error"
	require.Contains(t, *titled(t, c, "red", graph).Description, "The line is the threshold of HighErrorRate.")
	require.Equal(t, 3, stepsOf(titled(t, c, "red", stat)))
	require.Contains(t, Queries(redOf(t, c), nil)[1].Expr, "max(")

	c.Defaults.Disabled = []string{"DependencyErrors", "HighErrorRate"}
	require.NotContains(t, *titled(t, c, "red", graph).Description, "HighErrorRate")
	require.Equal(t, 1, stepsOf(titled(t, c, "red", graph)), "the base colour alone")
	require.Equal(t, 2, stepsOf(titled(t, c, "red", stat)), "the checklist's bar is left")
	require.Equal(t, "Disabled in the services file", *titled(t, c, "work", peers).FieldConfig.Defaults.NoValue)
}

// One value of many services has no colour where they have thresholds of their own: the
// default's would be wrong for some.
func TestAValueOfManyServicesIsColoredByANumberThatAllShareOnly(t *testing.T) {
	c := parsed(t, "  - {name: payments, thresholds: {error_ratio: 0.02}}\n")
	worst := titled(t, c, "red", "Errors, worst service")
	require.Equal(t, 2, stepsOf(worst), "the checklist's bar alone")
	require.Contains(t, *worst.Description, "It has no colour by HighErrorRate")
	require.Equal(t, 2, stepsOf(titled(t, c, "red", "Duration, p95, slowest service")), "of which all share the threshold")

	own := service(view{c, &c.Services[0]})
	require.Equal(t, "Errors, worst service", own.rows[1].panels[1].title)
	built, err := own.rows[1].panels[1].purposeful(100).build(view{c, &c.Services[0]}, 0, 0, 4)
	require.NoError(t, err)
	require.Equal(t, 0.02, *built.FieldConfig.Defaults.Thresholds.Steps[2].Value)
}

// A graph that 50 % fill looks full if its line at 90 % is out of sight.
func TestAGraphReachesBeyondItsLine(t *testing.T) {
	memory := titled(t, catalog.Default(), "saturation", "Memory in its limit, top 10")
	text, err := JSON(dashboard.Dashboard{Panels: []dashboard.PanelOrRowPanel{{Panel: &memory}}})
	require.NoError(t, err)
	require.Contains(t, string(text), `"axisSoftMax": 0.99`)
}

// Grafana would put the viewer's choice where a command says $version.
func TestACommandIsCopiedAsItIsWritten(t *testing.T) {
	require.Equal(t, "`kubectl rollout undo deployment/checkout`", command("kubectl rollout undo deployment/checkout"))
	require.Equal(t, "<code>helm rollback &lt;x&gt; --to &#36;version &#91;&#91;y]]</code>", command("helm rollback <x> --to $version [[y]]"))
}
