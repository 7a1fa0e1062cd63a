package query

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCheckAcceptsTheContract(t *testing.T) {
	for _, text := range []string{
		`sum by (service, environment) (rate(http_requests_total{gateway_instance!="",status=~"5.."}[5m]))`,
		`histogram_quantile(0.95, sum by (le, service) (rate(http_request_duration_seconds_bucket{gateway_instance=~"gateway-.",status_class="2xx"}[5m])))`,
		`rate(http_request_duration_seconds_sum{gateway_instance!=""}[5m]) / on (service, version) group_left (endpoint) rate(http_request_duration_seconds_count{gateway_instance!=""}[5m])`,
		// What others export has labels that nobody here knows.
		`sum by (app) (rate(http_requests_total{gateway_instance="",app="shop",code="500"}[5m]))`,
		// The gateway's own need no matcher.
		`sum by (job, detector) (increase(otelcol_processor_scrub_egress_leaks{signal="logs"}[5m]))`,
		`count by (hash) (otelcol_processor_scrub_policy_info{instance="192.0.2.1:8888"})`,
	} {
		expr, err := Parser.ParseExpr(text)
		require.NoError(t, err)
		require.NoError(t, Contract().Check(expr), text)
	}
}

func TestCheckNamesWhatNothingProduces(t *testing.T) {
	for text, message := range map[string]string{
		`http_request_total`:              `http_request_total: nothing produces the series "http_request_total"`,
		`{service="a"}`:                   `{service="a"}: nothing produces the series ""`,
		`http_requests_total{code="500"}`: `http_requests_total{code="500"}: the series has no label "code"`,
		`sum by (le) (http_requests_total{gateway_instance!=""})`:                                        `sum by (le) (http_requests_total{gateway_instance!=""}): no series in it has the label "le"`,
		`http_requests_total{gateway_instance="a"} / on (job) http_requests_total{gateway_instance="b"}`: `http_requests_total{gateway_instance="a"} / on (job) http_requests_total{gateway_instance="b"}: no series in it has the label "job"`,
		`http_requests_total{gateway_instance=~"|a",code="500"}`:                                         `http_requests_total{code="500",gateway_instance=~"|a"}: the series has no label "code"`,
		// What the gateway's own do not carry.
		`otelcol_processor_scrub_egress_leaks_total`:                `otelcol_processor_scrub_egress_leaks_total: nothing produces the series "otelcol_processor_scrub_egress_leaks_total"`,
		`otelcol_processor_scrub_unscannable{gateway_instance!=""}`: `otelcol_processor_scrub_unscannable{gateway_instance!=""}: the series has no label "gateway_instance"`,
		`sum by (processor) (otelcol_processor_scrub_policy_info)`:  `sum by (processor) (otelcol_processor_scrub_policy_info): no series in it has the label "processor"`,
		// What others export too.
		`rate(http_requests_total[5m])`:                               `http_requests_total: got series that others export too, allowed: those with gateway_instance!=""`,
		`http_request_duration_seconds_count{gateway_instance=~".*"}`: `http_request_duration_seconds_count{gateway_instance=~".*"}: got series that others export too, allowed: those with gateway_instance!=""`,
	} {
		expr, err := Parser.ParseExpr(text)
		require.NoError(t, err)
		require.EqualError(t, Contract().Check(expr), message)
	}
}

func TestASeriesWithoutLabelsOfItsOwnMayHaveAny(t *testing.T) {
	known := Series{"up": nil, "limited": {"job"}}
	for text, accepted := range map[string]bool{
		`sum by (zone) (up{app="shop"})`:           true,
		`up * on (zone) group_left (team) limited`: true,
		`sum by (zone) (limited{job="a"})`:         false,
		`limited{zone="a"}`:                        false,
		`unlimited{zone="a"}`:                      false,
		`limited * on (zone) limited{job="a"}`:     false,
	} {
		expr, err := Parser.ParseExpr(text)
		require.NoError(t, err)
		require.Equal(t, accepted, known.Check(expr) == nil, text)
	}
}
