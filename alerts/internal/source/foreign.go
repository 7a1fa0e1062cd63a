package source

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/model/labels"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// profile is how somebody else counts requests.
type profile struct {
	// counter is the series that counts requests.
	counter string
	// durations are histograms of their duration, of which a service has one.
	durations []telemetry.Metric
	// served are matchers of the requests that the service serves, among those that
	// it is party to.
	served []string
	// failures are matchers of failed requests; a request may meet several.
	failures []string
	// environment is the label that tells the environment, where series have one.
	environment string
	// usual are the matchers of a service that the file gives none for.
	usual func(catalog.Service) []*labels.Matcher

	// good, bad and others are labels of requests for trials: good ones; bad ones,
	// for each of failures; and those that served leaves out.
	good, others map[string]string
	bad          []map[string]string
}

// profiles are all but the gateway's.
func profiles() map[catalog.Profile]profile {
	const deployment = "deployment_environment_name"
	return map[catalog.Profile]profile{
		catalog.ProfileOTelHTTP: {
			counter:   telemetry.OTelHTTPDuration.CountName(),
			durations: []telemetry.Metric{telemetry.OTelHTTPDuration},
			// A request without an answer has a type of error and no code.
			failures:    []string{`http_response_status_code=~"5.."`, `http_response_status_code="", error_type!=""`},
			environment: deployment,
			usual:       func(s catalog.Service) []*labels.Matcher { return []*labels.Matcher{pushed(s)} },
			good:        map[string]string{"http_response_status_code": "404"},
			bad:         []map[string]string{{"http_response_status_code": "503", "error_type": "503"}, {"error_type": "timeout"}},
		},
		catalog.ProfileSpanMetrics: {
			counter:     telemetry.SpanMetricsCalls.Name,
			durations:   []telemetry.Metric{telemetry.SpanMetricsDurationMS, telemetry.SpanMetricsDuration},
			served:      []string{`span_kind="SPAN_KIND_SERVER"`},
			failures:    []string{`status_code="STATUS_CODE_ERROR"`},
			environment: deployment,
			usual: func(s catalog.Service) []*labels.Matcher {
				service := equal("service_name", s.Name)
				if s.Namespace == "" {
					return []*labels.Matcher{service}
				}
				return []*labels.Matcher{pushed(s), service}
			},
			good:   map[string]string{"span_kind": "SPAN_KIND_SERVER", "status_code": "STATUS_CODE_UNSET"},
			bad:    []map[string]string{{"span_kind": "SPAN_KIND_SERVER", "status_code": "STATUS_CODE_ERROR"}},
			others: map[string]string{"span_kind": "SPAN_KIND_CLIENT", "status_code": "STATUS_CODE_ERROR"},
		},
		catalog.ProfilePrometheus: {
			counter:     telemetry.HTTPRequests.Name,
			durations:   []telemetry.Metric{telemetry.HTTPRequestDuration},
			served:      []string{query.Theirs},
			failures:    []string{telemetry.Status + `=~"5.."`},
			environment: telemetry.Environment,
			usual:       func(s catalog.Service) []*labels.Matcher { return []*labels.Matcher{equal(telemetry.Job, s.Name)} },
			good:        map[string]string{telemetry.Status: "404"},
			bad:         []map[string]string{{telemetry.Status: "503"}},
			others:      map[string]string{telemetry.Status: "503", telemetry.GatewayInstance: gateways[0]},
		},
		catalog.ProfileIstio: {
			counter:   telemetry.IstioRequests.Name,
			durations: []telemetry.Metric{telemetry.IstioDurationMS},
			// The service's own proxy: that of a client sees the same requests again.
			served: []string{`reporter="destination"`},
			// By number: unknown, deadline exceeded, unimplemented, internal, unavailable,
			// data loss. They are answered with the HTTP status 200.
			failures:    []string{`response_code=~"5.."`, `grpc_response_status=~"2|4|12|13|14|15"`},
			environment: telemetry.Environment,
			usual: func(s catalog.Service) []*labels.Matcher {
				namespace := s.Namespace
				if s.Workload != nil {
					namespace = s.Workload.Namespace
				}
				service := equal("destination_service_name", s.Name)
				if namespace == "" {
					return []*labels.Matcher{service}
				}
				return []*labels.Matcher{service, equal("destination_service_namespace", namespace)}
			},
			good:   map[string]string{"reporter": "destination", "response_code": "404"},
			bad:    []map[string]string{{"reporter": "destination", "response_code": "503"}, {"reporter": "destination", "response_code": "200", "grpc_response_status": "14"}},
			others: map[string]string{"reporter": "source", "response_code": "503"},
		},
	}
}

// pushed is how Prometheus calls who sends it OTLP: namespace/name, or name. An entry
// without a namespace governs all of them.
func pushed(s catalog.Service) *labels.Matcher {
	if s.Namespace != "" {
		return equal(telemetry.Job, s.Namespace+"/"+s.Name)
	}
	return labels.MustNewMatcher(labels.MatchRegexp, telemetry.Job, "(.+/)?"+regexp.QuoteMeta(s.Name))
}

// InEnvironment selects, by a label, what is about a service in one of its environments.
// If it is one of several, the label must say which; if it is the only one, it must not
// say another.
func InEnvironment(label string, s catalog.Service, several bool) []*labels.Matcher {
	if len(s.Environments) == 0 {
		return nil
	}
	if several {
		return []*labels.Matcher{equal(label, s.Environments[0])}
	}
	return []*labels.Matcher{labels.MustNewMatcher(labels.MatchRegexp, label, "|"+regexp.QuoteMeta(s.Environments[0]))}
}

// chosen are the matchers of a service with at most one environment.
func chosen(s catalog.Service, several bool) []*labels.Matcher {
	p := profiles()[s.Metrics.Profile]
	var all []*labels.Matcher
	for _, name := range slices.Sorted(maps.Keys(s.Metrics.Match)) {
		all = append(all, equal(name, s.Metrics.Match[name]))
	}
	if len(all) == 0 {
		all = p.usual(s)
	}
	return append(all, InEnvironment(p.environment, s, several)...)
}

func equal(name, value string) *labels.Matcher {
	return labels.MustNewMatcher(labels.MatchEqual, name, value)
}

// foreign is a service that a profile counts.
type foreign struct {
	profile
	chosen []*labels.Matcher
}

func (f foreign) total(o over) string { return o.of(f.selector(f.counter)) }

func (f foreign) failed(o over) string {
	all := make([]string, len(f.failures))
	for i, failure := range f.failures {
		all[i] = o.of(f.selector(f.counter, failure))
	}
	return strings.Join(all, " or ")
}

func (f foreign) heard() string {
	return fmt.Sprintf("timestamp(%s) > time() - %d", f.selector(f.counter), fresh)
}

func (f foreign) buckets(o over) string {
	all := make([]string, len(f.durations))
	for i, d := range f.durations {
		all[i] = o.of(f.selector(d.BucketName()))
		if d.Unit == "ms" {
			all[i] = inSeconds(all[i])
		}
	}
	return strings.Join(all, " or ")
}

func (f foreign) selector(name string, more ...string) string {
	return name + "{" + strings.Join(slices.Concat(f.served, written(f.chosen), more), ", ") + "}"
}

// inSeconds moves the point of le by three places: 2.5 becomes 0002.5, then 0.0025;
// 1000 becomes 0001000., then 0001.000, then 1.0. The bound +Inf has no digits and
// stays, and so does one with an exponent, from a quarter of an hour on: a percentile
// so long is overstated. Arithmetic on labels is not PromQL's, and a percentile of
// milliseconds, divided, would leave the recorded buckets in another unit than their
// name says.
func inSeconds(buckets string) string {
	for _, step := range seconds() {
		buckets = fmt.Sprintf("label_replace(%s, %q, %q, %q, %q)", buckets, telemetry.Bucket, step.replacement, telemetry.Bucket, step.pattern)
	}
	return buckets
}

type step struct{ pattern, replacement string }

func seconds() []step {
	return []step{
		{`([0-9]+)(?:[.]([0-9]+))?`, "000$1.$2"},
		{`([0-9]+)([0-9]{3})[.]([0-9]*)`, "$1.$2$3"},
		{`0*([0-9]+[.][0-9]+?)0*`, "$1"},
	}
}
