package postmortem

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"

	"github.com/readygate/readygate/internal/telemetry"
)

// step is short enough to see an alert that fires at one evaluation, and so long that
// Prometheus, which gives 11000 points at most, answers.
func step(window time.Duration) time.Duration {
	return max(15*time.Second, (window/10_000).Round(time.Second)+time.Second)
}

// collector asks one question after another.
type collector struct {
	ctx      context.Context
	api      API
	incident *Incident
}

// ask asks for the points of series.
func (c *collector) ask(about, expr string) (model.Matrix, error) {
	i := c.incident
	i.Queries = append(i.Queries, Query{about, expr})
	value, warnings, err := c.api.QueryRange(c.ctx, expr, v1.Range{Start: i.From, End: i.To, Step: i.Step})
	return answered[model.Matrix](c, expr, value, warnings, err)
}

func answered[T model.Value](c *collector, expr string, value model.Value, warnings v1.Warnings, err error) (T, error) {
	points, ok := value.(T)
	if err != nil {
		return points, fmt.Errorf("%s: %w", expr, err)
	}
	if !ok {
		return points, fmt.Errorf("%s: got a value of another kind, %T", expr, value)
	}
	for _, w := range warnings {
		if !slices.Contains(c.incident.Warnings, w) {
			c.incident.Warnings = append(c.incident.Warnings, w)
		}
	}
	return points, nil
}

// episodes are the times that alerts fired.
func (c *collector) episodes() error {
	i := c.incident
	series, err := c.ask("Alerts that fired", firing(i.Alert, i.Service))
	if err != nil {
		return err
	}
	for _, s := range series {
		one := Episode{
			Alert: string(s.Metric[model.AlertNameLabel]), Severity: string(s.Metric["severity"]),
			Service: identity(s.Metric), Item: item(s.Metric),
		}
		for n, p := range s.Values {
			at := p.Timestamp.Time()
			if n == 0 || at.Sub(s.Values[n-1].Timestamp.Time()) > i.Step {
				one.Begin, one.Before = at, n == 0 && at.Sub(i.From) < i.Step
			}
			one.End = at.Add(i.Step)
			if n+1 == len(s.Values) || s.Values[n+1].Timestamp.Time().Sub(at) > i.Step {
				one.Open = one.End.After(i.To)
				one.End = earlier(one.End, i.To)
				i.Episodes = append(i.Episodes, one)
			}
		}
	}
	slices.SortFunc(i.Episodes, func(a, b Episode) int {
		return cmp.Or(a.Begin.Compare(b.Begin), cmp.Compare(a.Alert, b.Alert), a.Service.compare(b.Service), cmp.Compare(a.Item, b.Item))
	})
	return nil
}

// nothing says what fired instead.
func (c *collector) nothing() error {
	i := c.incident
	err := fmt.Errorf("%w from %s to %s: %s", ErrNoAlerts, stamp(i.From), stamp(i.To), firing(i.Alert, i.Service))
	if i.Alert == "" && i.Service == "" {
		return err
	}
	i.Alert, i.Service = "", ""
	if err := c.episodes(); err != nil {
		return err
	}
	var names []string
	for _, e := range i.Episodes {
		if name := e.name(); !slices.Contains(names, name) && len(names) < 10 {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return fmt.Errorf("%w; nor did any other", err)
	}
	return fmt.Errorf("%w; these did: %s", err, strings.Join(names, "; "))
}

// name is the alert and its service.
func (e Episode) name() string {
	if e.Service.Name == "" {
		return e.Alert
	}
	return e.Alert + " of " + e.Service.String()
}

// services of the episodes, sorted.
func (c *collector) services() []Service {
	var all []Service
	for _, e := range c.incident.Episodes {
		if e.Service.Name != "" && !slices.Contains(all, e.Service) {
			all = append(all, e.Service)
		}
	}
	slices.SortFunc(all, Service.compare)
	return all
}

// lead is how long before the window a release is still told: the cause comes before
// the alert.
const lead = time.Hour

func (c *collector) releases(services []Service) error {
	i := c.incident
	expr := firstSeen(services, i.To.Sub(i.From)+lead)
	i.Queries = append(i.Queries, Query{"When versions were first heard of", expr})
	value, warnings, err := c.api.Query(c.ctx, expr, i.To)
	versions, err := answered[model.Vector](c, expr, value, warnings, err)
	if err != nil {
		return err
	}
	for _, v := range versions {
		at := time.UnixMilli(int64(float64(v.Value) * 1000)).UTC()
		if at.Before(i.From.Add(-lead)) || at.After(i.To) {
			continue
		}
		i.Releases = append(i.Releases, Release{identity(v.Metric), string(v.Metric[telemetry.Version]), at})
	}
	slices.SortFunc(i.Releases, func(a, b Release) int {
		return cmp.Or(a.At.Compare(b.At), a.Service.compare(b.Service), cmp.Compare(a.Version, b.Version))
	})
	return nil
}

func identity(m model.Metric) Service {
	return Service{
		Name: string(m[telemetry.Service]), Namespace: string(m[telemetry.ServiceNamespace]), Environment: string(m[telemetry.Environment]),
	}
}

func (s Service) compare(other Service) int {
	return cmp.Or(cmp.Compare(s.Name, other.Name), cmp.Compare(s.Namespace, other.Namespace), cmp.Compare(s.Environment, other.Environment))
}

// item is the value of the first label, by name, that no alert about a whole service
// has.
func item(m model.Metric) string {
	common := append(telemetry.ServiceIdentity(), model.MetricNameLabel, model.AlertNameLabel, "alertstate", "severity", "checklist", "tier", "team")
	var names []string
	for name := range m {
		if !slices.Contains(common, string(name)) {
			names = append(names, string(name))
		}
	}
	if len(names) == 0 {
		return ""
	}
	slices.Sort(names)
	return string(m[model.LabelName(names[0])])
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
