package catalog

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The reference shows the defaults as a services file; both must say the same.
func TestTheReferenceShowsTheDefaults(t *testing.T) {
	page, err := os.ReadFile("../../docs/reference/services.md")
	require.NoError(t, err)
	example := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(page)
	require.NotNil(t, example)
	c, err := Parse("services.md", example[1])
	require.NoError(t, err)
	require.Equal(t, DefaultThresholds(), c.Defaults.Thresholds)
	require.Equal(t, 0.02, c.Services[0].Thresholds.ErrorRatio)
	require.Equal(t, DefaultThresholds().LatencyP95, c.Services[0].Thresholds.LatencyP95)
}

func TestTheReferenceListsTheLatencyBoundaries(t *testing.T) {
	page, err := os.ReadFile("../../docs/reference/services.md")
	require.NoError(t, err)
	var bounds []string
	for _, b := range LatencyBounds() {
		bounds = append(bounds, b.String())
	}
	require.Contains(t, string(page), ": "+strings.Join(bounds, ", ")+". ")
	require.Contains(t, string(page), fmt.Sprintf("from %v to %v", MinErrorRatio, MaxErrorRatio))
}
