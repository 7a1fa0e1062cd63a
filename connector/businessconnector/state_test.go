package businessconnector

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"
	"go.opentelemetry.io/collector/pdata/plog"
)

// disk is a storage extension that keeps everything in memory, across restarts of
// what uses it.
type disk struct {
	component.StartFunc
	component.ShutdownFunc
	values map[string][]byte
}

var _ storage.Extension = (*disk)(nil)

func (d *disk) GetClient(context.Context, component.Kind, component.ID, string) (storage.Client, error) {
	return d, nil
}

func (d *disk) GetExtensions() map[component.ID]component.Component {
	return map[component.ID]component.Component{component.MustNewID("disk"): d}
}

func (d *disk) Get(_ context.Context, key string) ([]byte, error) { return d.values[key], nil }
func (d *disk) Set(_ context.Context, key string, value []byte) error {
	d.values[key] = value
	return nil
}

func (d *disk) Delete(_ context.Context, key string) error {
	delete(d.values, key)
	return nil
}
func (d *disk) Close(context.Context) error { return nil }

func (d *disk) Batch(ctx context.Context, ops ...*storage.Operation) (err error) {
	for _, op := range ops {
		switch op.Type {
		case storage.Get:
			op.Value, err = d.Get(ctx, op.Key)
		case storage.Set:
			err = d.Set(ctx, op.Key, op.Value)
		case storage.Delete:
			err = d.Delete(ctx, op.Key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

const keptYAML = `
storage: disk
distinct_key: not a secret not a secret
metrics:
  signups: {type: counter, from: logs, where: {event.name: signup}, by: [plan]}
  paid: {type: sum, from: logs, where: {event.name: signup}, value: fee, unit: EUR}
  users: {type: distinct, from: logs, where: {event.name: signup}, value: user.id, windows: [5m, 1h]}
`

func signups(t testing.TB, users ...string) plog.Logs {
	t.Helper()
	yaml := "- resource: {service.name: shop}\n  logs:\n"
	for _, user := range users {
		yaml += fmt.Sprintf("  - {event: signup, attributes: {plan: free, fee: 9.99, user.id: %q}}\n", user)
	}
	return parseLogs(t, []byte(yaml), time.Now())
}

func TestARestartKeepsCountsSumsAndDistinctValues(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := &disk{values: map[string][]byte{}}
		next := newRecorder()
		for range 3 {
			c := newTestBusiness(t, parseConfig(t, keptYAML), next)
			require.NoError(t, c.Start(t.Context(), kept))
			require.NoError(t, c.ConsumeLogs(t.Context(), signups(t, "u1", "u2", fmt.Sprint(time.Now()))))
			<-time.After(40 * time.Second)
			require.NoError(t, c.Shutdown(t.Context()))
		}
		require.Equal(t, `paid_total{currency="EUR",gateway_instance="gw-0",service="shop"} 89.91
signups_total{gateway_instance="gw-0",plan="free",service="shop"} 9
users{gateway_instance="gw-0",service="shop",window="1h"} 5
users{gateway_instance="gw-0",service="shop",window="5m"} 5
`, next.sortedTotals())
		require.NotContains(t, next.timeline.String(), "stale")
	})
}

func TestAKilledGatewayForgetsOnlyIdentifiersOfTheLastMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := &disk{values: map[string][]byte{}}
		next := newRecorder()
		killed := newTestBusiness(t, parseConfig(t, keptYAML), next)
		require.NoError(t, killed.Start(t.Context(), kept))
		require.NoError(t, killed.ConsumeLogs(t.Context(), signups(t, "u1", "u2")))
		<-time.After(5 * time.Minute)
		synctest.Wait()
		saved := &disk{values: maps.Clone(kept.values)}
		require.NoError(t, killed.Shutdown(t.Context())) // into the old disk: nobody reads it

		c := newTestBusiness(t, parseConfig(t, keptYAML), next)
		require.NoError(t, c.Start(t.Context(), saved))
		require.NoError(t, c.ConsumeLogs(t.Context(), signups(t, "u2", "u3")))
		require.NoError(t, c.Shutdown(t.Context()))
		require.Equal(t, "3", next.totals[`users{gateway_instance="gw-0",service="shop",window="1h"}`])
	})
}

// Without distinct_key the hashes of the next process are others.
func TestIdentifiersWithoutAKeyAreNotKept(t *testing.T) {
	cfg := parseConfig(t, keptYAML)
	cfg.DistinctKey = ""
	kept := &disk{values: map[string][]byte{}}
	c := newTestBusiness(t, cfg, newRecorder())
	require.NoError(t, c.Start(t.Context(), kept))
	require.NoError(t, c.ConsumeLogs(t.Context(), signups(t, "u1")))
	require.NoError(t, c.Shutdown(t.Context()))
	require.NotEmpty(t, kept.values)
	for key := range kept.values {
		require.NotContains(t, key, "distinct")
	}
}

// No part of what is kept has an identifier in it.
func TestNoIdentifierIsKept(t *testing.T) {
	kept := &disk{values: map[string][]byte{}}
	c := newTestBusiness(t, parseConfig(t, keptYAML), newRecorder())
	require.NoError(t, c.Start(t.Context(), kept))
	require.NoError(t, c.ConsumeLogs(t.Context(), signups(t, "someone-whom-nobody-shall-know")))
	require.NoError(t, c.Shutdown(t.Context()))
	sketches := 0
	for key, value := range kept.values {
		require.NotContains(t, string(value), "someone-whom-nobody-shall-know", key)
		if strings.HasPrefix(key, "state/distinct/") {
			sketches++
		}
	}
	require.Equal(t, 1, sketches)
}

// What would be counted otherwise begins anew; a condition may be corrected.
func TestTheFingerprintIsOfWhatShapesTheState(t *testing.T) {
	of := func(yaml string) string {
		cfg := parseConfig(t, yaml)
		rules, err := cfg.rules()
		require.NoError(t, err)
		return fingerprint(cfg, rules, "")
	}
	const base = `metrics: {m: {type: sum, from: logs, where: {a: 1}, value: v, by: [x], unit: USD}}`
	require.Equal(t, of(base), of(`metrics: {m: {type: sum, from: [logs, spans], where: {a: 2}, value: w, by: [x], unit: USD}}`))
	for _, other := range []string{
		`metrics: {n: {type: sum, from: logs, where: {a: 1}, value: v, by: [x], unit: USD}}`,
		`metrics: {m: {type: sum, from: logs, where: {a: 1}, value: v, by: [y], unit: USD}}`,
		`metrics: {m: {type: sum, from: logs, where: {a: 1}, value: v, by: [{attribute: x, values: [1]}], unit: USD}}`,
		`metrics: {m: {type: sum, from: logs, where: {a: 1}, value: v, by: [x], unit: USD, decimals: 3}}`,
		`metrics: {m: {type: sum, from: logs, where: {a: 1}, value: v, by: [x], unit: USD, refunds: true}}`,
		"temporality: delta\n" + base,
	} {
		require.NotEqual(t, of(base), of(other), other)
	}
}
