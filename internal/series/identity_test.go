package series

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/internal/telemetry"
)

func TestIdentityOfReadsBothNamesOfTheEnvironment(t *testing.T) {
	for name, test := range map[string]struct {
		resource map[string]any
		want     Identity
	}{
		"all": {
			map[string]any{
				"service.name": "shop", "service.namespace": "retail", "service.version": "1.4.2",
				"deployment.environment.name": "production", "k8s.pod.name": "shop-0",
			},
			Identity{Service: "shop", Namespace: "retail", Environment: "production", Version: "1.4.2"},
		},
		"older environment":    {map[string]any{"service.name": "shop", "deployment.environment": "old"}, Identity{Service: "shop", Environment: "old"}},
		"both environments":    {map[string]any{"service.name": "shop", "deployment.environment": "old", "deployment.environment.name": "new"}, Identity{Service: "shop", Environment: "new"}},
		"nothing":              {nil, Identity{Service: telemetry.UnknownService}},
		"empty service":        {map[string]any{"service.name": ""}, Identity{Service: telemetry.UnknownService}},
		"version not a string": {map[string]any{"service.name": "shop", "service.version": int64(7)}, Identity{Service: "shop", Version: "7"}},
	} {
		t.Run(name, func(t *testing.T) {
			resource := pcommon.NewResource()
			require.NoError(t, resource.Attributes().FromRaw(test.resource))
			got := IdentityOf(resource)
			require.Equal(t, test.want, got)
			require.Equal(t, got, got.Clone())
		})
	}
}

func TestPutLabelsSetsNoAbsentLabel(t *testing.T) {
	attributes := pcommon.NewMap()
	Identity{Service: "shop"}.PutLabels(attributes)
	require.Equal(t, map[string]any{telemetry.Service: "shop"}, attributes.AsRaw())

	Identity{Service: "shop", Namespace: "retail", Environment: "production", Version: "1"}.PutLabels(attributes)
	require.Equal(t, map[string]any{
		telemetry.Service: "shop", telemetry.ServiceNamespace: "retail",
		telemetry.Environment: "production", telemetry.Version: "1",
	}, attributes.AsRaw())
}

func TestLabelValueIsBoundedAndValid(t *testing.T) {
	require.Equal(t, "shop", LabelValue("shop"))
	require.Equal(t, "a_b", LabelValue("a\xff\xfeb"))
	require.Equal(t, strings.Repeat("x", MaxLabelValue), LabelValue(strings.Repeat("x", 10_000)))
	// 255 bytes and a rune of 3: the rune is cut off whole.
	require.Equal(t, strings.Repeat("x", 255), LabelValue(strings.Repeat("x", 255)+"€"))
	require.LessOrEqual(t, len(LabelValue(strings.Repeat("\x80", 10_000))), MaxLabelValue)
}
