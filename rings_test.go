// Package readygate_test holds the architecture: who may import whom.
package readygate_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/readygate/readygate/"

// otel are the modules of OpenTelemetry.
var otel = []string{"go.opentelemetry.io/", "github.com/open-telemetry/"}

// ring is a set of packages and what their own code, tests aside, must not
// depend on, directly or through others.
type ring struct {
	name     string
	packages []string          // prefixes below the module
	forbids  map[string]string // prefix of an import path → why
}

var rings = []ring{
	{
		name:     "0 pure",
		packages: []string{"internal/catalog", "internal/telemetry", "internal/detect", "internal/policy", "internal/guard", "internal/spell", "internal/route", "internal/money", "internal/distinct"},
		forbids:  forbid(otel, "the thinking does not know that it is in a Collector"),
	},
	{
		// Prometheus' parser brings OpenTelemetry's API along, so only the Collector
		// is forbidden to what reads PromQL.
		name: "0 pure",
		packages: []string{"internal/catalog", "internal/telemetry", "internal/query", "internal/detect", "internal/policy", "internal/guard", "internal/spell", "internal/route", "internal/money", "internal/distinct",
			"internal/slo", "internal/outline", "internal/overlay", "internal/postmortem", "internal/markdown", "alerts", "dashboards"},
		forbids: forbid([]string{"go.opentelemetry.io/collector", "github.com/open-telemetry/"}, "the thinking does not know that it is in a Collector",
			module+"internal/leaf", "ring 1", module+"internal/series", "ring 1",
			module+"processor", "ring 2", module+"connector", "ring 2", module+"cmd", "ring 3"),
	},
	{
		name:     "0 pure, rules before pictures",
		packages: []string{"alerts"},
		forbids:  map[string]string{module + "dashboards": "dashboards draw what rules record, and rules do not know how they are drawn"},
	},
	{
		name:     "1 data",
		packages: []string{"internal/leaf", "internal/series", "internal/severity"},
		forbids: forbid([]string{
			"go.opentelemetry.io/collector/component", "go.opentelemetry.io/collector/processor",
			"go.opentelemetry.io/collector/connector", "go.opentelemetry.io/collector/consumer",
		}, "data is not a component",
			module+"internal/detect", "the walker knows no rules",
			module+"processor", "ring 2", module+"connector", "ring 2", module+"cmd", "ring 3"),
	},
	{
		name:     "1 data, scrubbed",
		packages: []string{"internal/scrub"},
		forbids: forbid([]string{
			"go.opentelemetry.io/collector/component", "go.opentelemetry.io/collector/processor",
			"go.opentelemetry.io/collector/connector", "go.opentelemetry.io/collector/consumer",
		}, "data is not a component",
			module+"processor", "ring 2", module+"connector", "ring 2", module+"cmd", "ring 3"),
	},
	{
		name:     "2 parts",
		packages: []string{"processor", "connector", "extension"},
		forbids: map[string]string{
			module + "alerts": "build time", module + "dashboards": "build time", module + "internal/catalog": "the gateway never reads services.yaml",
			module + "cmd": "ring 3", "github.com/prometheus/prometheus": "build time",
		},
	},
	{
		name:     "2 parts, processors and extensions apart from connectors",
		packages: []string{"processor", "extension"},
		forbids:  map[string]string{module + "connector": "components do not know each other"},
	},
	{
		name:     "2 parts, connectors and extensions apart from processors",
		packages: []string{"connector", "extension"},
		forbids:  map[string]string{module + "processor": "components do not know each other"},
	},
	{
		name:     "3 readyctl",
		packages: []string{"cmd/readyctl"},
		forbids: forbid([]string{
			"go.opentelemetry.io/collector/component", "go.opentelemetry.io/collector/otelcol", "go.opentelemetry.io/collector/service",
			"github.com/open-telemetry/",
		}, "the tool stays small and starts in milliseconds",
			module+"processor", "ring 2", module+"connector", "ring 2", module+"extension", "ring 2"),
	},
}

func forbid(prefixes []string, why string, more ...string) map[string]string {
	all := map[string]string{}
	for _, p := range prefixes {
		all[p] = why
	}
	for i := 0; i < len(more); i += 2 {
		all[more[i]] = more[i+1]
	}
	return all
}

func TestRings(t *testing.T) {
	dependencies := listDependencies(t)
	for _, r := range rings {
		checked := 0
		for path, deps := range dependencies {
			if !under(path, r.packages) {
				continue
			}
			checked++
			for _, dep := range deps {
				for prefix, why := range r.forbids {
					if dep == prefix || strings.HasPrefix(dep, strings.TrimSuffix(prefix, "/")+"/") {
						t.Errorf("ring %s: %s depends on %s: %s", r.name, path, dep, why)
					}
				}
			}
		}
		require.GreaterOrEqual(t, checked, len(r.packages), "ring %s: a package of the list is gone", r.name)
	}
}

// Every package is in a ring, or is one of these.
func TestEveryPackageHasARing(t *testing.T) {
	free := []string{"config", "cmd/readygate", "test", "internal/golden", "internal/demo"}
	for path := range listDependencies(t) {
		found := path == strings.TrimSuffix(module, "/") || under(path, free)
		for _, r := range rings {
			found = found || under(path, r.packages)
		}
		require.True(t, found, "%s is in no ring: add it to rings_test.go", path)
	}
}

func under(path string, packages []string) bool {
	for _, p := range packages {
		if path == module+p || strings.HasPrefix(path, module+p+"/") {
			return true
		}
	}
	return false
}

func listDependencies(t *testing.T) map[string][]string {
	out, err := exec.Command("go", "list", "-json=ImportPath,Deps", "./...").Output()
	require.NoError(t, err)
	all := map[string][]string{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Deps       []string
		}
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		all[p.ImportPath] = p.Deps
	}
}
