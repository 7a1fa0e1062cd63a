package picture

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/dashboards"
	"github.com/readygate/readygate/internal/catalog"
)

// TestScripts runs the modules of the page in a browser. A line of the text file is an
// expression, "=>", and its value as JSON; "use" names the module whose exports the
// expressions below it may use.
func TestScripts(t *testing.T) {
	text, err := os.ReadFile("testdata/scripts.txt")
	require.NoError(t, err)
	ctx := open(t, serve(t, "testdata")+"/")
	module := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if name, is := strings.CutPrefix(line, "use "); is {
			module = name
			continue
		}
		at := strings.LastIndex(line, " => ")
		if at < 0 {
			continue
		}
		expression, want := line[:at], line[at+len(" => "):]
		t.Run(expression, func(t *testing.T) {
			script := `import("/assets/` + module + `").then((m) => JSON.stringify(((` + exports(module) + `) => ` + expression + `)(m)))`
			got, err := chromedp.Run(ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
			require.NoError(t, err)
			require.True(t, json.Valid([]byte(got)), got)
			require.JSONEq(t, want, got)
		})
	}
}

// exports are the names that the cases of a module use.
func exports(module string) string {
	return map[string]string{
		"units.js":     "{format, axis}",
		"time.js":      "{parse, interval, rateInterval, duration, seconds, aligned}",
		"variables.js": "{interpolate, interpolateURL}",
		"fields.js":    "{legend, reduce, mapped, configOf, pattern}",
		"markdown.js":  "{markdown}",
		"transform.js": "{frames, apply}",
	}[module]
}

// TestUnitsOfTheGeneratedDashboardsAreKnown: one that is not is written as its id.
func TestUnitsOfTheGeneratedDashboardsAreKnown(t *testing.T) {
	services, err := catalog.Load("../../../examples/shop/services.yaml")
	require.NoError(t, err)
	all, err := dashboards.Generate(services)
	require.NoError(t, err)
	units := make(map[string]bool)
	for _, d := range all {
		text, err := dashboards.JSON(d.Dashboard)
		require.NoError(t, err)
		for _, m := range regexp.MustCompile(`"unit": "([^"]*)"`).FindAllSubmatch(text, -1) {
			units[string(m[1])] = true
		}
	}
	require.NotEmpty(t, units)
	ctx := open(t, serve(t, "testdata")+"/")
	for unit := range units {
		said, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`import("/assets/units.js").then((m) => m.format(7200, %q, 0, 0))`, unit), chromedp.EvalAwaitPromise))
		require.NoError(t, err)
		require.NotEqual(t, "7200 "+unit, said, "not known")
	}
}
