package red

import (
	"testing"

	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
)

// Each of these defects is one that such rules have had somewhere.
func TestEveryDefectOfARecordingIsCaughtByTheUnitTests(t *testing.T) {
	const (
		identity = "(service, service_namespace, environment)"
		failing  = "HighErrorRate"
		few      = "LowTrafficErrors"
		slow     = "SlowResponseTime"
		dropped  = "RequestRateDropped"
		wrong    = "SLIInconsistent"
		peers    = "DependencyErrors"
	)
	of := catalogs()
	for name, defects := range map[string]map[string]ruletest.Defect{
		"generic": {
			"errors without a code are missed":         {Alert: failing, From: `status=~"5.."`, To: `status="500"`},
			"failed calls are missed":                  {Alert: failing, From: "|UNAVAILABLE|", To: "|"},
			"callers' failures are the server's":       {Alert: failing, From: `status=~"ERROR|`, To: `status=~"NOT_FOUND|ERROR|`},
			"calls are missed":                         {Alert: failing, From: "rpc_requests_total", To: "http_requests_total"},
			"others' requests are counted":             {Alert: failing, From: `http_requests_total{gateway_instance!=""`, To: `http_requests_total{service!=""`},
			"gateways are not added up":                {Alert: failing, From: "sum by " + identity, To: "max by " + identity},
			"ratio of nothing is NaN":                  {Alert: failing, From: "(service:requests:rate5m > 0)", To: "service:requests:rate5m"},
			"a window is too long":                     {Alert: failing, From: "[5m]", To: "[6m]"},
			"hourly ratio of nothing is NaN":           {Alert: few, From: ">\n                0\n", To: ">=\n                0\n"},
			"an hour is too short":                     {Alert: few, From: "[1h]", To: "[50m]"},
			"percentile of nothing is NaN":             {Alert: slow, From: ":rate5m) >= 0", To: ":rate5m)"},
			"others' durations are counted":            {Alert: slow, From: `bucket{gateway_instance!=""}`, To: "bucket"},
			"gateways' durations are not added up":     {Alert: slow, From: "sum by (service, service_namespace, environment, le)", To: "max by (service, service_namespace, environment, le)"},
			"another percentile":                       {Alert: slow, From: "histogram_quantile(0.95", To: "histogram_quantile(0.9"},
			"yesterday is the day before":              {Alert: dropped, From: "offset 1d", To: "offset 2d"},
			"last week is the one before":              {Alert: dropped, From: "offset 1w", To: "offset 2w"},
			"the greater is usual":                     {Alert: dropped, From: "offset 1d <", To: "offset 1d >"},
			"buckets are added to the last":            {Alert: wrong, From: `{le="+Inf"}`, To: ""},
			"others' dependencies are counted":         {Alert: peers, From: `dependency_requests_total{gateway_instance!=""`, To: `dependency_requests_total{service!=""`},
			"dependencies are mixed":                   {Alert: peers, From: "environment, kind, peer)", To: "environment, kind)"},
			"success of a dependency is failure":       {Alert: peers, From: `outcome="failure"`, To: `outcome="success"`},
			"ratio of nothing to a dependency is NaN":  {Alert: peers, From: "(service_peer:dependency_requests:rate5m > 0)", To: "service_peer:dependency_requests:rate5m"},
			"requests of gateways to it are not added": {Alert: peers, From: "sum by", To: "max by"},
		},
		"override": {
			"namespaces are mixed":              {Alert: failing, From: "by " + identity + " (\n", To: "by (service, environment) (\n"},
			"own threshold beside the generic":  {Alert: failing, From: `service="payments"} > 0.02`, To: `service="payments"} > 0.05`},
			"own rule for every environment":    {Alert: failing, From: `{environment="production",service="payments"} `, To: `{service="payments"} `},
			"generic rule speaks for all":       {Alert: failing, From: "{environment=\"production\",service=\"payments\"}\n        for", To: "{service=\"nobody\"}\n        for"},
			"generic rule excludes too much":    {Alert: failing, From: "{environment=\"production\",service=\"payments\"}\n        for", To: "{service=\"payments\"}\n        for"},
			"laxer threshold undone by generic": {Alert: slow, From: `service="payments"} > 2.5`, To: `service="payments"} > 1`},
		},
		"profiles": {
			"the gateway counts what others count":      {Alert: failing, From: "unless\n", To: "or\n"},
			"the gateway's page is the service's":       {Alert: failing, From: `gateway_instance="",`, To: ""},
			"requests without an answer are well":       {Alert: failing, From: `error_type!=""`, To: `error_type="none"`},
			"spans of calls are requests":               {Alert: failing, From: `,span_kind="SPAN_KIND_SERVER"`, To: ""},
			"proxies of clients count again":            {Alert: failing, From: `,reporter="destination"`, To: ""},
			"errors of gRPC behind a status 200":        {Alert: failing, From: "|14|", To: "|"},
			"every environment is production":           {Alert: failing, From: `=~"|production",`, To: `=~".*",`},
			"instances are not added up":                {Alert: failing, From: "sum(", To: "max("},
			"milliseconds are seconds":                  {Alert: slow, From: `{3})[.]`, To: `{2})[.]`},
			"a service that measures seconds is missed": {Alert: wrong, From: "traces_span_metrics_duration_seconds_bucket", To: "traces_span_metrics_duration_bucket"},
		},
	} {
		t.Run(name, func(t *testing.T) { ruletest.Plant(t, Family(), of[name], defects) })
	}
}
