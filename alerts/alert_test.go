package alerts_test

import (
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
)

// generated are the rules of a services file, and its alerts.
func generated(t *testing.T, text string) (*alerts.Rules, []alerts.Alert) {
	t.Helper()
	c, err := catalog.Parse("services.yaml", []byte(text))
	require.NoError(t, err)
	r, err := alerts.Generate(c, alerts.Options{})
	require.NoError(t, err)
	all, err := r.Alerts()
	require.NoError(t, err)
	return r, all
}

const several = `version: 1
services:
  - {name: plain}
  - {name: critical-1, tier: critical}
  - {name: critical-2, tier: critical, environments: [production, staging]}
  - {name: own, namespace: shop, thresholds: {error_ratio: 0.02}}
  - {name: quiet, disabled_alerts: [HighErrorRate]}
  - {name: 'a"b|c', tier: critical}
`

func TestEveryServiceHasAnAlertOnceHoweverItsRuleIsShared(t *testing.T) {
	_, all := generated(t, several)
	of := make(map[string]int)
	for _, a := range all {
		if a.Name != "HighErrorRate" {
			continue
		}
		who := "any"
		if a.Service != nil {
			who = a.Service.Name
			for _, e := range a.Service.Environments {
				who += " in " + e
			}
		}
		of[who]++
	}
	require.Equal(t, map[string]int{
		"any": 1, "plain": 1, "critical-1": 1, "critical-2 in production": 1, "critical-2 in staging": 1, "own": 1, `a"b|c`: 1,
	}, of)
}

func TestAnAlertOfAServiceIsAboutItAlone(t *testing.T) {
	_, all := generated(t, several)
	for _, a := range all {
		expr, err := query.Parser.ParseExpr(a.Expr)
		require.NoError(t, err)
		require.Equal(t, expr.Pretty(0), a.Expr)
		if a.Service == nil {
			require.NotContains(t, a.Expr, "critical-2", "%s: what is left out is not said", a.Name)
			continue
		}
		require.Contains(t, a.Expr, labels.MustNewMatcher(labels.MatchEqual, "service", a.Service.Name).String())
		require.NotContains(t, a.Expr, "=~")
	}
}

func TestTheAlertAboutWhatIsNotDeclaredLeavesOutWhatIs(t *testing.T) {
	_, all := generated(t, several)
	for _, a := range all {
		if a.Name == "HighErrorRate" && a.Service == nil {
			require.True(t, a.Excepts("own", "shop", "anywhere"))
			require.True(t, a.Excepts("critical-2", "", "staging"))
			require.True(t, a.Excepts("quiet", "", ""), "it has none")
			require.False(t, a.Excepts("critical-2", "", "test"))
			require.False(t, a.Excepts("unknown", "", ""))
		}
	}
}

func TestNumbersAreThoseThatMatterWithTheirOrigin(t *testing.T) {
	_, all := generated(t, several)
	for _, a := range all {
		if a.Name != "HighErrorRate" || a.Service == nil || a.Service.Name != "own" {
			continue
		}
		numbers := a.Numbers()
		require.Len(t, numbers, 3)
		require.Equal(t, "thresholds.error_ratio", numbers[0].Key)
		require.Equal(t, "2 %", numbers[0].Value)
		require.Equal(t, "services.yaml line 6 (service own)", numbers[0].Where("services.yaml"))
		require.Equal(t, "thresholds.error_for", numbers[1].Key)
		require.Equal(t, `built in: checklist section 5, "Alerting Rules": for 5m`, numbers[1].Where("services.yaml"))
		require.Equal(t, 5*time.Minute, a.For)
		return
	}
	t.Fatal("own has no HighErrorRate")
}

func TestAQueryIsFilledInForItsSubject(t *testing.T) {
	r, all := generated(t, several)
	queries := r.Queries()
	filled := make(map[string]string)
	for _, a := range all {
		if a.Name != "HighErrorRate" {
			continue
		}
		text, err := queries.Fill(`rate(http_requests_total{$selector, status="500"}[5m]) and on (service) service:requests:rate5m{$selector}`, a)
		require.NoError(t, err)
		if a.Service == nil {
			filled["any"] = text
		} else {
			filled[a.Service.Name] = text
		}
	}
	require.Equal(t, `rate(http_requests_total{gateway_instance!="",service="own",service_namespace="shop",status="500"}[5m]) and on (service) service:requests:rate5m{service="own",service_namespace="shop"}`, filled["own"])
	require.Equal(t, `rate(http_requests_total{gateway_instance!="",service="a\"b|c",status="500"}[5m]) and on (service) service:requests:rate5m{service="a\"b|c"}`, filled[`a"b|c`])
	require.Equal(t, `rate(http_requests_total{gateway_instance!="",service="SERVICE",status="500"}[5m]) and on (service) service:requests:rate5m{service="SERVICE"}`, filled["any"])
}

func TestAQueryThatNothingAnswersIsADefect(t *testing.T) {
	r, all := generated(t, "version: 1")
	for text, message := range map[string]string{
		"http_request_total{$selector}": "nothing produces the series",
		"http_requests_total{code=`1`}": "the series has no label",
		"http_requests_total":           "series that others export too",
		"sum(":                          "parse error",
	} {
		_, err := r.Queries().Fill(text, all[0])
		require.ErrorContains(t, err, message, text)
	}
}
