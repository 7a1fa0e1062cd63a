package businessconnector

import (
	"math"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
)

// A few are counted exactly; the error for many is that of one key, and four times the
// standard error of 0.41 % at most.
func TestDistinctValuesAreCountedWithinTheStatedError(t *testing.T) {
	for _, n := range []int{1, 10, 1000, 10_000, 300_000} {
		if underRace && n > 10_000 {
			continue
		}
		synctest.Test(t, func(t *testing.T) {
			next := newRecorder()
			c := newTestBusiness(t, parseConfig(t, `
distinct_key: not a secret not a secret
metrics: {users: {type: distinct, from: logs, value: user.id, windows: [24h]}}
`), next)
			for from := 0; from < n; from += 10_000 {
				require.NoError(t, c.ConsumeLogs(t.Context(), someUsers(from, min(n, from+10_000))))
				require.NoError(t, c.ConsumeLogs(t.Context(), someUsers(from, min(n, from+5_000)))) // again
				<-time.After(time.Minute)
			}
			require.NoError(t, c.Shutdown(t.Context()))
			got, err := strconv.ParseFloat(next.totals[`users{gateway_instance="gw-0",service="shop",window="24h"}`], 64)
			require.NoError(t, err)
			if n <= 1000 {
				require.Equal(t, float64(n), math.Round(got))
				return
			}
			require.InEpsilon(t, n, got, 4*0.0041)
		})
	}
}

// Two gateways that each saw a part, with one key, have together what one would have.
func TestTheMergedSketchesOfTwoGatewaysAreThoseOfOne(t *testing.T) {
	const yaml = `
distinct_key: not a secret not a secret
limits: {distinct: 3}
metrics:
  users: {type: distinct, from: logs, value: user.id, windows: [5m, 24h], by: [plan]}
`
	synctest.Test(t, func(t *testing.T) {
		var gateways [3]consume
		for i := range gateways {
			gateways[i] = newTestBusiness(t, parseConfig(t, yaml), consumertest.NewNop())
		}
		for from := 0; from < 6000; from += 500 {
			batch := someUsers(from, from+750) // every third again
			require.NoError(t, gateways[from/500%2].ConsumeLogs(t.Context(), batch))
			require.NoError(t, gateways[2].ConsumeLogs(t.Context(), batch))
			<-time.After(10 * time.Second)
		}
		states := [3]map[string][]byte{}
		for i, g := range gateways {
			g.rolling.SaveAll()
			states[i] = stateOf(t, g)
		}
		loaded, err := gateways[0].rolling.Decode(states[1])
		require.NoError(t, err)
		gateways[0].rolling.Merge(loaded)
		require.Equal(t, states[2], stateOf(t, gateways[0]))
		require.NotEmpty(t, states[2])
	})
}

func someUsers(from, to int) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "shop")
	records := rl.ScopeLogs().AppendEmpty().LogRecords()
	for i := from; i < to; i++ {
		attributes := records.AppendEmpty().Attributes()
		attributes.PutInt("user.id", int64(i))
		attributes.PutStr("plan", []string{"free", "pro"}[i%2])
	}
	return ld
}

func stateOf(t *testing.T, c consume) map[string][]byte {
	t.Helper()
	state := map[string][]byte{}
	for _, key := range c.rolling.Keys() {
		data, changed, err := c.rolling.Save(key)
		require.NoError(t, err)
		if changed {
			state[key] = data
		}
	}
	return state
}
