package scrubguardextension

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/extension/extensioncapabilities"
	"go.opentelemetry.io/collector/extension/extensiontest"
	"go.opentelemetry.io/collector/featuregate"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/readygate/readygate/extension/scrubguardextension/internal/metadata"
	"github.com/readygate/readygate/extension/scrubguardextension/internal/metadatatest"
	"github.com/readygate/readygate/internal/guard"
	"github.com/readygate/readygate/processor/scrubprocessor"
)

func TestTheProofKnowsTheComponentsByTheirTypes(t *testing.T) {
	require.Equal(t, guard.Extension, metadata.Type.String())
	require.Equal(t, guard.Processor, scrubprocessor.NewFactory().Type().String())
}

func TestValidateReportsEveryExemptionThatIsIncomplete(t *testing.T) {
	cfg := &Config{AllowUnscrubbed: []guard.Exemption{
		{Pipeline: "traces/raw", Reason: "the second tier scrubs"}, {Pipeline: "traces/raw"}, {Reason: " "},
	}}
	require.EqualError(t, confmap.Validate(cfg), `allow_unscrubbed::1: reason: got nothing, allowed: a sentence that says why its data may pass unscrubbed
allow_unscrubbed::2: pipeline: got nothing, allowed: the id of a pipeline, such as traces/raw
reason: got nothing, allowed: a sentence that says why its data may pass unscrubbed`)
}

func TestExemptionsAreCounted(t *testing.T) {
	telemetry := componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, telemetry.Shutdown(context.Background())) })
	g := build(t, telemetry.NewTelemetrySettings())
	exemption := map[string]any{"pipeline": "traces", "reason": "the second tier scrubs"}
	for want, list := range [][]any{{}, {exemption}} {
		require.NoError(t, g.NotifyConfigSnapshot(t.Context(), extensioncapabilities.NewConfigSnapshot(confmap.NewFromStringMap(map[string]any{
			"extensions": map[string]any{"scrub_guard": map[string]any{"allow_unscrubbed": list}},
			"service": map[string]any{
				"extensions": []any{"scrub_guard"},
				"pipelines":  map[string]any{"traces": nil},
			},
		}), nil)))
		metadatatest.AssertEqualExtensionScrubGuardUnscrubbedPipelines(t, telemetry,
			[]metricdata.DataPoint[int64]{{Value: int64(want)}}, metricdatatest.IgnoreTimestamp())
	}
}

func TestNothingIsProvenWithoutAConfiguration(t *testing.T) {
	g := build(t, componenttest.NewNopTelemetrySettings())
	require.EqualError(t, g.NotifyConfigSnapshot(t.Context(), extensioncapabilities.NewConfigSnapshot(nil, nil)),
		"scrub_guard: the service gave no effective configuration, so nothing is proven")
}

func TestReceiversAreNotExchangedWithoutAProof(t *testing.T) {
	g := build(t, componenttest.NewNopTelemetrySettings())
	require.NoError(t, g.Start(t.Context(), nil))
	require.NoError(t, featuregate.GlobalRegistry().Set(partialReload, true), "the gate is gone: is there a new way of reloading?")
	t.Cleanup(func() { require.NoError(t, featuregate.GlobalRegistry().Set(partialReload, false)) })
	require.EqualError(t, g.Start(t.Context(), nil),
		"scrub_guard: feature gate service.partialReload: got enabled, allowed: disabled, because receivers would be exchanged without a new proof")
}

func build(t *testing.T, settings component.TelemetrySettings) *scrubGuard {
	t.Helper()
	set := extension.Settings{ID: component.NewID(metadata.Type), TelemetrySettings: settings, BuildInfo: extensiontest.NewNopSettings(metadata.Type).BuildInfo}
	ext, err := NewFactory().Create(t.Context(), set, createDefaultConfig())
	require.NoError(t, err)
	return ext.(*scrubGuard)
}

func TestTheExampleOfTheReadmeIsValid(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	_, example, found := strings.Cut(string(readme), "```yaml\n")
	require.True(t, found)
	example, _, _ = strings.Cut(example, "```")
	shown, err := confmap.NewRetrievedFromYAML([]byte(example))
	require.NoError(t, err)
	conf, err := shown.AsConf()
	require.NoError(t, err)
	sub, err := conf.Sub("extensions::scrub_guard")
	require.NoError(t, err)
	cfg := createDefaultConfig()
	require.NoError(t, sub.Unmarshal(cfg))
	require.NoError(t, confmap.Validate(cfg))
	require.Len(t, cfg.(*Config).AllowUnscrubbed, 1)
}
