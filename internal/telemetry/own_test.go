package telemetry

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// metadata is what a component says about its own metrics: they are made from it.
type metadata struct {
	Attributes map[string]struct{ Enum []string }
	Telemetry  struct {
		Metrics map[string]struct {
			Unit                  string
			Attributes            []string
			Sum, Gauge, Histogram any
		}
	}
}

func componentMetadata(t *testing.T, component string) metadata {
	t.Helper()
	text, err := os.ReadFile("../../" + component + "/metadata.yaml")
	require.NoError(t, err)
	var m metadata
	require.NoError(t, yaml.Unmarshal(text, &m))
	return m
}

// Nothing else ties their names to the rules. An end-to-end test holds those of the
// Collector against the built gateway.
func TestOwnMetricsAreThoseOfTheComponents(t *testing.T) {
	const prefix = "otelcol_"
	components := map[string]metadata{
		prefix + "processor_scrub_":       componentMetadata(t, "processor/scrubprocessor"),
		prefix + "extension_scrub_guard_": componentMetadata(t, "extension/scrubguardextension"),
		prefix + "connector_red_":         componentMetadata(t, "connector/redconnector"),
		prefix + "connector_business_":    componentMetadata(t, "connector/businessconnector"),
	}
	for _, m := range componentMetrics() {
		found := false
		for start, component := range components {
			if !strings.HasPrefix(m.Name, start) {
				continue
			}
			is, ok := component.Telemetry.Metrics[m.Name[len(prefix):]]
			require.True(t, ok, "%s: the component has no such metric", m.Name)
			require.ElementsMatch(t, m.Labels, is.Attributes, m.Name)
			require.Equal(t, m.Unit, is.Unit, m.Name)
			require.Equal(t, m.Kind == Counter, is.Sum != nil, m.Name)
			require.Equal(t, m.Kind == Gauge, is.Gauge != nil, m.Name)
			require.Equal(t, m.Kind == Histogram, is.Histogram != nil, m.Name)
			found = true
		}
		require.True(t, found, "%s: of no component", m.Name)
	}
	require.ElementsMatch(t, components[prefix+"processor_scrub_"].Attributes[Reason].Enum, Reasons())
}
