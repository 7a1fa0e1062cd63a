package alerts

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/catalog"
)

// unitTests are what UnitTests writes, read back.
func unitTests(t *testing.T, c catalog.Catalog) []unitTest {
	t.Helper()
	rules, err := Generate(c, Options{})
	require.NoError(t, err)
	text, err := rules.UnitTests("rules.yaml")
	require.NoError(t, err)
	var file testFile
	require.NoError(t, yaml.Unmarshal(text, &file))
	return file.Tests
}

// docs/reference/services.md says these numbers.
func TestServicesShareTheirUnitTests(t *testing.T) {
	const generic, own, gateway = 26, 13, 9
	c := catalog.Default()
	require.Len(t, unitTests(t, c), generic+gateway)

	for i := range 20 {
		c.Services = append(c.Services, catalog.Service{
			Name: "service-" + strconv.Itoa(i), Environments: []string{"production", "staging"}, Policy: c.Defaults,
		})
	}
	tests := unitTests(t, c)
	require.Len(t, tests, generic+gateway)
	// Each service in both environments and elsewhere, and the undeclared one.
	require.Len(t, tests[0].Alerts[1].Expected, 3*20+1)

	c.Services[3].Thresholds.ErrorRatio = 0.1
	require.Len(t, unitTests(t, c), generic+gateway+1)
	c.Services[3].Thresholds.LatencyP95 = 250 * time.Millisecond
	require.Len(t, unitTests(t, c), generic+gateway+1)
	c.Services[3].Thresholds.ErrorFor = time.Minute
	c.Services[3].Thresholds.LatencyFor = time.Minute
	c.Services[3].Thresholds.MinRequestRate = 7
	require.Len(t, unitTests(t, c), generic+gateway+own)
}
