package catalog

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/telemetry"
)

// unquote reads one Go string literal per line.
func unquote(t *testing.T, quoted []byte) []byte {
	t.Helper()
	var text strings.Builder
	for line := range strings.Lines(string(quoted)) {
		s, err := strconv.Unquote(strings.TrimSpace(line))
		require.NoError(t, err)
		text.WriteString(s)
	}
	return []byte(text.String())
}

func TestDefaultsAreTheChecklistsNumbers(t *testing.T) {
	require.Equal(t, Thresholds{
		ErrorRatio: 0.05, ErrorFor: 5 * time.Minute,
		LatencyP95: time.Second, LatencyFor: 10 * time.Minute,
		MinRequestRate: 0.2,
	}, Default().Defaults.Thresholds)
	require.Contains(t, LatencyBounds(), time.Second)
	require.Contains(t, LatencyBounds(), 75*time.Millisecond)
	require.NotContains(t, LatencyBounds(), 10*time.Second)
}

func TestSelectorsMatchExactlyWhatTheEntriesGovern(t *testing.T) {
	words := []string{"", "a", "b", `a"b\`, "a|b", ".*", "ä", "A"}
	entries := []Service{
		{Name: "a"},
		{Name: `a"b\`, Namespace: ".*"},
		{Name: "a|b", Environments: []string{"a"}},
		{Name: "b", Environments: []string{"a"}},
		{Name: ".*"},
		{Name: "ä", Namespace: "b", Environments: []string{".*", `a"b\`}},
	}
	merged := Selectors(entries)
	require.Len(t, merged, 4, "entries that differ in their name only share a selector")
	for _, name := range words {
		for _, namespace := range words {
			for _, environment := range words {
				series := map[string]string{
					telemetry.Service: name, telemetry.ServiceNamespace: namespace, telemetry.Environment: environment,
				}
				governed := false
				for _, entry := range entries {
					require.Equal(t, entry.Governs(name, namespace, environment), matches(entry.Selector(), series),
						"%+v: %v", entry, series)
					governed = governed || entry.Governs(name, namespace, environment)
				}
				require.Equal(t, governed, slices.ContainsFunc(merged, func(selector []*labels.Matcher) bool {
					return matches(selector, series)
				}), "%v", series)
			}
		}
	}
}

func matches(selector []*labels.Matcher, series map[string]string) bool {
	for _, m := range selector {
		if !m.Matches(series[m.Name]) {
			return false
		}
	}
	return true
}
