package telemetry

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// The processor's metrics are made from this file, and nothing else ties their
// names to the rules.
func TestOwnMetricsAreThoseOfTheScrubProcessor(t *testing.T) {
	type own struct {
		Unit       string
		Attributes []string
		Sum, Gauge any
	}
	var processor struct {
		Type       string
		Attributes map[string]struct{ Enum []string }
		Telemetry  struct{ Metrics map[string]own }
	}
	text, err := os.ReadFile("../../processor/scrubprocessor/metadata.yaml")
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(text, &processor))

	const prefix = "otelcol_"
	for _, m := range OwnMetrics() {
		require.Contains(t, m.Name, prefix+"processor_"+processor.Type+"_")
		is, ok := processor.Telemetry.Metrics[m.Name[len(prefix):]]
		require.True(t, ok, "%s: the processor has no such metric", m.Name)
		require.ElementsMatch(t, m.Labels, is.Attributes, m.Name)
		require.Equal(t, m.Unit, is.Unit, m.Name)
		require.Equal(t, m.Kind == Counter, is.Sum != nil, m.Name)
		require.Equal(t, m.Kind == Gauge, is.Gauge != nil, m.Name)
	}
	require.ElementsMatch(t, processor.Attributes[Reason].Enum, Reasons())
}
