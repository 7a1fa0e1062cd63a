package dashboards

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/units"
	"github.com/stretchr/testify/require"
)

const traders = `
  - name: shop
    business:
      - {name: order_completions, role: orders, floor: 30, seasonality: daily}
      - {name: revenue, role: revenue, seasonality: daily, match: {currency: EUR}}
      - {name: user_signups, role: signups, drop: 0.4}
      - {name: shop_visits, role: visits}
      - {name: active_users, role: active_users}
      - {name: feature_usage, role: feature_usage}
`

// traded is what is recorded of the business within two days: orders, sign-ups, users
// and their share are below their lines by as much as below says.
func traded(t *testing.T, below float64) history {
	text := "load 5m\n"
	add := func(series string, v float64) { text += fmt.Sprintf("  %s %sx600\n", series, number(v)) }
	metric := func(series, metric, more string, v float64) {
		add(series+`{service="shop", metric="`+metric+`"`+more+"}", v)
	}
	for name, at := range map[string][3]float64{ // now, usual, share
		"order_completions": {50 - below, 100, 0.5 - below/100},
		"user_signups":      {40 - below, 100, 0.4 - below/100},
		"feature_usage":     {200, 100, 2},
		"shop_visits":       {1000, 1000, 1},
	} {
		metric("service_metric:business:increase1h", name, "", at[0])
		metric("service_metric:business_baseline:mean", name, "", at[1])
		metric("service_metric:business_baseline:ratio", name, "", at[2])
	}
	metric("service_metric:business:level", "active_users", `, window="1h"`, 50-below)
	metric("service_metric:business_baseline:mean", "active_users", `, window="1h"`, 100)
	metric("service_metric:business_baseline:ratio", "active_users", `, window="1h"`, 0.5-below/100)
	metric("service_metric:conversion:ratio1h", "user_signups", "", 0.04-below/1000)
	metric("service_metric:conversion_baseline:mean", "user_signups", "", 0.1)
	metric("service_metric:conversion_baseline:ratio", "user_signups", "", 0.4-below/100)
	metric("service_metric:revenue:increase10m", "revenue", `, currency="EUR"`, 100)
	add(`service:orders:increase10m{service="shop"}`, 20)
	add(`service:requests:rate5m{service="shop"}`, 5)
	add(`service:requests:rate5m_usual{service="shop"}`, 6)
	text += `  feature_usage_total{gateway_instance="g", service="shop", feature="search"} 0+1x600` + "\n"
	add(`gateway:presence:group{job="gateway", instance="g"}`, 1)
	return recordedBy(t, text, 48*time.Hour)
}

func TestEveryPanelOfBusinessAnswersAndCrossesItsLineWhereTheAlertFires(t *testing.T) {
	c := parsed(t, traders)
	for _, v := range views(c) {
		d := builtOf(t, business(v), v)
		for _, below := range []float64{-0.001, 0.001} {
			var (
				h     = traded(t, below)
				shown = make(map[string]float64) // the last query of each panel is its line
				lines = make(map[string]float64)
			)
			for _, q := range Queries(d, nil) {
				answer := h.ask(q.Expr)
				require.NotEmpty(t, answer, "%s: nothing answers %s", q.Panel, q.Expr)
				if _, before := shown[q.Panel]; !before {
					shown[q.Panel] = answer[0].F
				}
				lines[q.Panel] = answer[0].F
			}
			for panel, alert := range map[string]string{
				"Orders in an hour, and usually":   "OrderCompletionsDropped",
				"Sign-ups in an hour, and usually": "SignupsDropped",
				"Active users, and usually":        "ActiveUsersDropped",
				"Sign-ups in visits, and usually":  "SignupConversionDropped",
			} {
				require.Equal(t, below > 0, shown[panel] < lines[panel], "%s: %v and %v", panel, shown[panel], lines[panel])
				require.Equal(t, below > 0, h.holds(c, alert, "shop"), alert)
			}
			require.InDelta(t, 10, shown["Revenue per minute"], 0)
			require.InDelta(t, 2, shown["Orders per minute"], 0)
		}
	}
}

func TestWhatNobodyTellsAnyMoreIsShownAsNothingSold(t *testing.T) {
	v := view{catalog: parsed(t, traders)}
	h := recordedBy(t, `load 5m
  service_metric:business_baseline:mean{service="shop", metric="order_completions"} 100x10
`, 30*time.Minute)
	for _, q := range Queries(builtOf(t, business(v), v), nil) {
		if q.Panel == "Orders in an hour, and usually" {
			require.InDelta(t, 0, h.ask(q.Expr)[0].F, 0)
			return
		}
	}
	t.Fatal("no panel of orders")
}

func TestTelemetryIsHealthyUntilAnAlertSaysOtherwise(t *testing.T) {
	v := view{catalog: parsed(t, traders)}
	query := func() string { return Queries(builtOf(t, business(v), v), nil)[1].Expr }
	const gateway = `gateway:presence:group{job="gateway", instance="g"} 1x10`
	for alerts, want := range map[string]float64{
		"": 1,
		`ALERTS{alertname="GatewayDroppingTelemetry", alertstate="pending", job="gateway"} 1x10`: 1,
		`ALERTS{alertname="GatewayDroppingTelemetry", alertstate="firing", job="gateway"} 1x10`:  0,
		`ALERTS{alertname="ServiceTelemetryAbsent", alertstate="firing", service="shop"} 1x10`:   0,
		`ALERTS{alertname="OrderCompletionsDropped", alertstate="firing", service="shop"} 1x10`:  1,
	} {
		answer := recordedBy(t, "load 1m\n  "+gateway+"\n  "+alerts+"\n", 5*time.Minute).ask(query())
		require.Len(t, answer, 1, alerts)
		require.InDelta(t, want, answer[0].F, 0, alerts)
	}
	require.Empty(t, recordedBy(t, "load 1m\n  x 1x10\n", 5*time.Minute).ask(query()), "no gateway, no answer")
}

func TestRevenueHasTheUnitOfItsOnlyCurrency(t *testing.T) {
	for match, unit := range map[string]string{
		"match: {currency: EUR}": units.Euro, "match: {currency: NZD}": "currency:NZD", "floor: 3": units.Short,
	} {
		c := parsed(t, "\n  - {name: shop, business: [{name: revenue, role: revenue, "+match+"}]}\n")
		require.Equal(t, unit, currency(view{catalog: c}), match)
	}
	c := parsed(t, "\n  - {name: shop, business: [{name: a, role: revenue, match: {currency: EUR}}, {name: b, role: revenue, match: {currency: USD}}]}\n")
	require.Equal(t, units.Short, currency(view{catalog: c}))
}

func TestAServiceWithoutBusinessMetricsHasNoRowsOfThem(t *testing.T) {
	c := parsed(t, "\n  - {name: shop}\n")
	require.Empty(t, businessRows(views(c)[1]))
	require.NotEmpty(t, businessRows(views(c)[0]))
}

func TestFeaturesAreToldApartByTheLabelsOfTheirMetric(t *testing.T) {
	c := parsed(t, `
  - name: shop
    business:
      - name: feature_usage
        role: feature_usage
        match: {plan: pro}
        derive: {type: counter, from: logs, where: {event.name: used}, by: [feature.name, {label: tier, attribute: plan}]}
  - {name: other, business: [{name: clicks, role: feature_usage, metric: all_clicks_total}]}
`)
	h := recordedBy(t, `load 5m
  feature_usage_total{service="shop", feature_name="search", tier="a", plan="pro", gateway_instance="g"} 0+10x20
  feature_usage_total{service="shop", feature_name="search", tier="a", plan="pro", gateway_instance="h"} 0+10x20
  feature_usage_total{service="shop", feature_name="export", tier="a", plan="pro", gateway_instance="g"} 0+1x20
  feature_usage_total{service="shop", feature_name="export", tier="a", plan="free", gateway_instance="g"} 0+100x20
  feature_usage_total{service="shop", feature_name="export", tier="a", plan="pro"} 0+100x20
  service_metric:business:increase1h{service="other", metric="clicks"} 7x20
`, time.Hour)
	used := make(map[string]float64)
	for _, q := range Queries(builtOf(t, business(view{catalog: c}), view{catalog: c}), nil) {
		if q.Panel != "Usage of features in an hour, top 10" {
			continue
		}
		for _, s := range h.ask(q.Expr) {
			used[s.Metric.Get("feature_name")+s.Metric.Get("metric")] = math.Round(s.F)
		}
	}
	// Exports of those with another plan, and what the service exports itself, are others.
	require.Equal(t, map[string]float64{"search": 240, "export": 12, "clicks": 7}, used)
}
