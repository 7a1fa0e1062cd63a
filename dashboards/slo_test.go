package dashboards

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A budget is gone when the alert says so: its number is 1 less what is left.
func TestTheBudgetLeftIsThatOfTheServicesObjective(t *testing.T) {
	c := load(t, "../examples/shop/services.yaml")
	for ratio, left := range map[string]float64{"0.00025": 0.5, "0.0005": 0, "0.001": -1} {
		answer := answerer(t, told("service:slo_errors:ratio_rate30d{ID} "+ratio+"x60"), time.Hour)
		for _, v := range []view{{catalog: c}, {c, &c.Services[1]}} {
			d, err := slo(v).build(v)
			require.NoError(t, err)
			rows := answer(expander(d, nil)(sloTable(v, 1, 1).queries[0].expr))
			require.Len(t, rows, 1)
			require.InDelta(t, left, rows[0].F, 1e-9)
			require.Equal(t, "99.95 %", rows[0].Metric.Get("objective"))
			require.Equal(t, "critical", rows[0].Metric.Get("tier"))
		}
	}
}
