package scrubprocessor

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/leaf/leaftest"
)

// readClean returns the ordinary telemetry of testdata/clean, which holds
// nothing to be found, as services send it.
func readClean(t testing.TB, signal string) any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "clean", signal+".json"))
	require.NoError(t, err)
	var data any
	switch signal {
	case "traces":
		data, err = new(ptrace.JSONUnmarshaler).UnmarshalTraces(text)
	case "logs":
		data, err = new(plog.JSONUnmarshaler).UnmarshalLogs(text)
	default:
		data, err = new(pmetric.JSONUnmarshaler).UnmarshalMetrics(text)
	}
	require.NoError(t, err)
	return data
}

func TestCleanTelemetryPassesByteByByte(t *testing.T) {
	for _, s := range leaftest.Signals() {
		for name, data := range map[string]any{
			"every slot": received(t, s),
			"ordinary":   readClean(t, s.Name),
		} {
			t.Run(s.Name+"/"+name, func(t *testing.T) {
				before := encode(t, s, data)
				require.Equal(t, before, encode(t, s, process(t, defaults(), data)))
			})
		}
	}
}
