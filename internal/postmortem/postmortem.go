// Package postmortem drafts what is written after an incident, from what Prometheus
// remembers of it: which alerts fired from when to when, what was released, how many
// requests failed. What only people know is left empty and marked.
//
// Times are those of samples: an alert began or ended within one step of what is
// written, and [Incident.Step] says how long a step is. Requests are sums of rates over
// 5 minutes, so that up to 5 minutes at either end are smeared.
package postmortem

import (
	"context"
	"errors"
	"time"

	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"
)

// MaxWindow is the longest time that is looked at: further back, most Prometheus
// servers remember nothing.
const MaxWindow = 31 * 24 * time.Hour

// API is what is asked of Prometheus: a part of [v1.API].
type API interface {
	Query(ctx context.Context, query string, at time.Time, options ...v1.Option) (model.Value, v1.Warnings, error)
	QueryRange(ctx context.Context, query string, r v1.Range, options ...v1.Option) (model.Value, v1.Warnings, error)
}

// Request is what the incident was.
type Request struct {
	// Alert and Service are labels of alerts; empty for all.
	Alert, Service string
	// From and To are at most [MaxWindow] apart, From before To.
	From, To time.Time
}

// Incident is what Prometheus remembers.
type Incident struct {
	Request
	Step time.Duration
	// Episodes are sorted by when they began, then by name and service.
	Episodes []Episode
	// Releases are of the services of the episodes, from an hour before; sorted alike.
	Releases []Release
	// Impacts are of the services of the episodes, sorted.
	Impacts []Impact
	// Warnings are Prometheus' own about the answers.
	Warnings []string
	// Queries are what was asked.
	Queries []Query
}

// Service is an identity; what is not known is empty.
type Service struct{ Name, Namespace, Environment string }

// Episode is one time that an alert fired.
type Episode struct {
	Alert, Severity string
	Service         Service
	// Item is the job, queue or the like that the alert was about; usually empty.
	Item       string
	Begin, End time.Time
	// Before: it fired already when the window began. Open: it still did when the
	// window ended.
	Before, Open bool
}

// Release is the first time that a version was heard of.
type Release struct {
	Service Service
	Version string
	At      time.Time
}

// Impact is what became of a service's requests in the window.
type Impact struct {
	Service Service
	// Requests and Failed are numbers of requests.
	Requests, Failed float64
	// WorstRatio is the highest share of failed requests over 5 minutes; WorstP95 the
	// highest 95th percentile of the duration. Zero times mean that there were none.
	WorstRatio   float64
	WorstRatioAt time.Time
	WorstP95     time.Duration
	WorstP95At   time.Time
}

// Query is a question that was asked.
type Query struct{ About, Expr string }

// ErrNoAlerts means that no alert of the request fired in the window.
var ErrNoAlerts = errors.New("no such alert fired")

// Collect asks Prometheus. Errors name the query that failed, or are [ErrNoAlerts] and
// name alerts that did fire.
func Collect(ctx context.Context, api API, r Request) (*Incident, error) {
	c := collector{ctx: ctx, api: api, incident: &Incident{Request: r, Step: step(r.To.Sub(r.From))}}
	if err := c.episodes(); err != nil {
		return nil, err
	}
	if len(c.incident.Episodes) == 0 {
		return nil, c.nothing()
	}
	services := c.services()
	if len(services) == 0 {
		return c.incident, nil
	}
	if err := c.releases(services); err != nil {
		return nil, err
	}
	return c.incident, c.impacts(services)
}
