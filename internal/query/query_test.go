package query

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCheckAcceptsTheContract(t *testing.T) {
	for _, text := range []string{
		`sum by (service, environment) (rate(http_requests_total{status=~"5.."}[5m]))`,
		`histogram_quantile(0.95, sum by (le, service) (rate(http_request_duration_seconds_bucket{status_class="2xx"}[5m])))`,
		`rate(http_request_duration_seconds_sum[5m]) / on (service, version) group_left (endpoint) rate(http_request_duration_seconds_count[5m])`,
	} {
		expr, err := Parser.ParseExpr(text)
		require.NoError(t, err)
		require.NoError(t, Contract().Check(expr), text)
	}
}

func TestCheckNamesWhatNothingProduces(t *testing.T) {
	for text, message := range map[string]string{
		`http_request_total`:                                 `http_request_total: nothing produces the series "http_request_total"`,
		`{service="a"}`:                                      `{service="a"}: nothing produces the series ""`,
		`http_requests_total{code="500"}`:                    `http_requests_total{code="500"}: the series has no label "code"`,
		`sum by (le) (http_requests_total)`:                  `sum by (le) (http_requests_total): no series in it has the label "le"`,
		`http_requests_total / on (job) http_requests_total`: `http_requests_total / on (job) http_requests_total: no series in it has the label "job"`,
	} {
		expr, err := Parser.ParseExpr(text)
		require.NoError(t, err)
		require.EqualError(t, Contract().Check(expr), message)
	}
}
