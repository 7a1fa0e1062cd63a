package postmortem

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/readygate/readygate/internal/telemetry"
)

// impacts are what became of the requests of services.
func (c *collector) impacts(services []Service) error {
	impacts := make(map[Service]*Impact)
	each := func(about, metric string, see func(i *Impact, at time.Time, v float64)) error {
		series, err := c.ask(about, selected(metric, services))
		if err != nil {
			return err
		}
		for _, s := range series {
			who := identity(s.Metric)
			if impacts[who] == nil {
				impacts[who] = &Impact{Service: who}
			}
			for _, p := range s.Values {
				if v := float64(p.Value); !math.IsNaN(v) && !math.IsInf(v, 0) {
					see(impacts[who], p.Timestamp.Time(), v)
				}
			}
		}
		return nil
	}
	// A point stands for the step before it; the first, for what was before the window.
	count := func(to *float64, at time.Time, perSecond float64) {
		if at.After(c.incident.From) {
			*to += perSecond * c.incident.Step.Seconds()
		}
	}
	for _, q := range []struct {
		about, metric string
		see           func(i *Impact, at time.Time, v float64)
	}{
		{"Requests per second", telemetry.RecordedRequests, func(i *Impact, at time.Time, v float64) { count(&i.Requests, at, v) }},
		{"Failed requests per second", telemetry.RecordedErrors, func(i *Impact, at time.Time, v float64) { count(&i.Failed, at, v) }},
		{"Share of failed requests", telemetry.RecordedErrorRatio, func(i *Impact, at time.Time, v float64) {
			if i.WorstRatioAt.IsZero() || v > i.WorstRatio {
				i.WorstRatio, i.WorstRatioAt = v, at
			}
		}},
		{"95th percentile of the duration, in seconds", telemetry.RecordedP95, func(i *Impact, at time.Time, v float64) {
			if d := time.Duration(v * float64(time.Second)).Round(time.Millisecond); i.WorstP95At.IsZero() || d > i.WorstP95 {
				i.WorstP95, i.WorstP95At = d, at
			}
		}},
	} {
		if err := each(q.about, q.metric, q.see); err != nil {
			return err
		}
	}
	for _, i := range impacts {
		c.incident.Impacts = append(c.incident.Impacts, *i)
	}
	slices.SortFunc(c.incident.Impacts, func(a, b Impact) int { return a.Service.compare(b.Service) })
	return nil
}

// firing selects alerts that fire. The Watchdog always does.
func firing(alert, service string) string {
	matchers := []*labels.Matcher{match(labels.MatchEqual, "alertstate", "firing"), match(labels.MatchNotEqual, model.AlertNameLabel, "Watchdog")}
	if alert != "" {
		matchers[1] = match(labels.MatchEqual, model.AlertNameLabel, alert)
	}
	if service != "" {
		matchers = append(matchers, match(labels.MatchEqual, telemetry.Service, service))
	}
	return selector("ALERTS", matchers...).String()
}

// selected are the series of a metric of the services.
func selected(metric string, services []Service) string {
	var all []parser.Expr
	for _, one := range identities(services) {
		all = append(all, selector(metric, one...))
	}
	return either(all).String()
}

// firstSeen is when each version was first heard of, by any gateway, as far as any
// said so within the time.
func firstSeen(services []Service, within time.Duration) string {
	ours := match(labels.MatchNotEqual, telemetry.GatewayInstance, "")
	var all []parser.Expr
	for _, one := range identities(services) {
		series := selector(telemetry.VersionFirstSeen.Name, append(one, ours)...)
		all = append(all, &parser.Call{
			Func: parser.Functions["min_over_time"],
			Args: parser.Expressions{&parser.MatrixSelector{VectorSelector: series, Range: within.Round(time.Second)}},
		})
	}
	by := append(telemetry.ServiceIdentity(), telemetry.Version)
	return (&parser.AggregateExpr{Op: parser.MIN, Expr: either(all), Grouping: by}).String()
}

// either joins expressions, one at least, by or.
func either(all []parser.Expr) parser.Expr {
	joined := all[0]
	for _, one := range all[1:] {
		joined = &parser.BinaryExpr{Op: parser.LOR, LHS: joined, RHS: one, VectorMatching: &parser.VectorMatching{Card: parser.CardManyToMany}}
	}
	return joined
}

// identities match the services by all that their alerts told of them. Those that
// differ in nothing but their names share matchers.
func identities(services []Service) [][]*labels.Matcher {
	var (
		rests []Service
		names = make(map[Service][]string)
	)
	for _, s := range services {
		rest := Service{Namespace: s.Namespace, Environment: s.Environment}
		if names[rest] == nil {
			rests = append(rests, rest)
		}
		names[rest] = append(names[rest], s.Name)
	}
	all := make([][]*labels.Matcher, len(rests))
	for i, rest := range rests {
		all[i] = []*labels.Matcher{named(names[rest])}
		if rest.Namespace != "" {
			all[i] = append(all[i], match(labels.MatchEqual, telemetry.ServiceNamespace, rest.Namespace))
		}
		if rest.Environment != "" {
			all[i] = append(all[i], match(labels.MatchEqual, telemetry.Environment, rest.Environment))
		}
	}
	return all
}

// named matches services by name. What telemetry wrote is data: a list of quoted
// alternatives is a valid expression.
func named(names []string) *labels.Matcher {
	if len(names) == 1 {
		return match(labels.MatchEqual, telemetry.Service, names[0])
	}
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = regexp.QuoteMeta(name)
	}
	return match(labels.MatchRegexp, telemetry.Service, strings.Join(quoted, "|"))
}

func match(t labels.MatchType, name, value string) *labels.Matcher {
	return labels.MustNewMatcher(t, name, value)
}

func selector(metric string, matchers ...*labels.Matcher) *parser.VectorSelector {
	return &parser.VectorSelector{Name: metric, LabelMatchers: append([]*labels.Matcher{match(labels.MatchEqual, model.MetricNameLabel, metric)}, matchers...)}
}
