package formats

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/internal/rule"
)

// GrafanaOptions are what rules do not say.
type GrafanaOptions struct {
	// Datasource is the uid of the Prometheus that has the series; it must not be
	// empty.
	Datasource string
	// Folder of the rules; Readygate where it is empty.
	Folder string
	// Organization is its number; 1 where it is 0.
	Organization int64
}

// grafanaBase is how often Grafana's scheduler looks; intervals are multiples of it.
const grafanaBase = 10 * time.Second

// Grafana writes a file of alerting provisioning for each group that has alerts, for
// Grafana 10 and later; keepFiringFor and missing_series_evals_to_resolve mean
// something since Grafana 12.
//
// Recording rules are not in it: Grafana would need a data source to write to. The
// alerts read what they record, so Prometheus must evaluate its own rule files too.
// Grafana calls an alert by the title of its rule: where several rules have an alert,
// the title has more than its name, and so has the label alertname. It writes no
// series ALERTS: an alert that reads them sees those of Prometheus alone.
func Grafana(groups []rulefmt.RuleGroup, o GrafanaOptions) ([]alerts.File, error) {
	if o.Datasource == "" {
		return nil, errors.New("datasource: got an empty uid, allowed: the uid of a Prometheus data source")
	}
	if o.Folder == "" {
		o.Folder = "Readygate"
	}
	if o.Organization == 0 {
		o.Organization = 1
	}
	named := newNames(groups)
	var files []alerts.File
	for _, group := range groups {
		out, err := o.group(group, named)
		if err != nil {
			return nil, fmt.Errorf("group %q: %w", group.Name, err)
		}
		if len(out.Rules) == 0 {
			continue
		}
		text, err := write(grafanaFile{APIVersion: 1, Groups: []grafanaGroup{out}})
		if err != nil {
			return nil, fmt.Errorf("group %q: %w", group.Name, err)
		}
		files = append(files, alerts.File{Path: group.Name + ".yaml", Data: text})
	}
	return files, nil
}

func (o GrafanaOptions) group(group rulefmt.RuleGroup, named *names) (grafanaGroup, error) {
	out := grafanaGroup{OrgID: o.Organization, Name: literal(group.Name), Folder: literal(o.Folder), Interval: group.Interval}
	if interval := time.Duration(group.Interval); interval <= 0 || interval%grafanaBase != 0 {
		return out, fmt.Errorf("interval: got %s, allowed: multiples of %s", group.Interval, grafanaBase)
	}
	for _, r := range group.Rules {
		if r.Alert == "" {
			continue
		}
		one, err := o.rule(r, named)
		if err != nil {
			return out, fmt.Errorf("alert %s: %w", r.Alert, err)
		}
		out.Rules = append(out.Rules, one)
	}
	return out, nil
}

// rule asks Prometheus (A), and fires about every series that it answers, whatever
// its value (B, C): the expression of an alert has compared already. No answer is
// good news, an error is none.
func (o GrafanaOptions) rule(r rulefmt.Rule, named *names) (grafanaRule, error) {
	title, uid := named.next(r)
	out := grafanaRule{
		UID: uid, Title: literal(title), Condition: "C",
		NoDataState: "OK", ExecErrState: "Error",
		For: r.For, KeepFiringFor: r.KeepFiringFor, MissingSeriesEvalsToResolve: 1,
		Labels: make(map[string]string), Annotations: make(map[string]string),
		Data: []grafanaQuery{
			{RefID: "A", DatasourceUID: literal(o.Datasource), RelativeTimeRange: timeRange{From: 600}, Model: grafanaModel{
				RefID: "A", Expr: r.Expr, Instant: true,
			}},
			{RefID: "B", DatasourceUID: expressions, Model: grafanaModel{
				RefID: "B", Type: "math", Expression: "is_number($A) || is_nan($A) || is_inf($A)", Datasource: &expressionSource,
			}},
			{RefID: "C", DatasourceUID: expressions, Model: grafanaModel{
				RefID: "C", Type: "threshold", Expression: "B", Datasource: &expressionSource,
				Conditions: []grafanaCondition{{Evaluator: evaluator{Type: "gt", Params: []float64{0}}}},
			}},
		},
	}
	for name, text := range r.Labels {
		out.Labels[name] = literal(template(text))
	}
	for name, text := range r.Annotations {
		out.Annotations[name] = protect(template(text))
	}
	return out, nil
}

// literal keeps Grafana from taking $NAME for a variable of the environment. It reads
// most strings of a file so, but neither annotations nor queries.
func literal(text string) string { return strings.ReplaceAll(text, "$", "$$") }

// names are titles and uids that no other rule has.
type names struct{ of, taken map[string]int }

func newNames(groups []rulefmt.RuleGroup) *names {
	n := &names{of: make(map[string]int), taken: make(map[string]int)}
	for _, g := range groups {
		for _, r := range g.Rules {
			n.of[r.Alert]++
		}
	}
	return n
}

// Limits of Grafana.
const (
	maxTitle = 190
	maxUID   = 40
)

// next names a rule by its alert, and where there are others of that name, by the
// labels that tell it from them. The uid does not change with a threshold.
func (n *names) next(r rulefmt.Rule) (title, uid string) {
	title = r.Alert
	if n.of[r.Alert] > 1 {
		var told []string
		for _, name := range slices.Sorted(maps.Keys(r.Labels)) {
			switch name {
			case rule.LabelSeverity, rule.LabelChecklist, rule.LabelTier, rule.LabelTeam:
			default:
				told = append(told, r.Labels[name])
			}
		}
		if len(told) > 0 {
			title += ": " + strings.Join(told, ", ")
		}
	}
	n.taken[title]++
	if nth := n.taken[title]; nth > 1 {
		title = fmt.Sprintf("%s (%d)", title, nth)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(title)))
	if runes := []rune(title); len(runes) > maxTitle {
		title = string(runes[:maxTitle-20]) + " " + sum[:16]
	}
	return title, ("readygate-" + sum)[:maxUID]
}

// Types of Grafana's files of alerting provisioning.
type (
	grafanaFile struct {
		APIVersion int            `yaml:"apiVersion"`
		Groups     []grafanaGroup `yaml:"groups"`
	}
	grafanaGroup struct {
		OrgID    int64          `yaml:"orgId"`
		Name     string         `yaml:"name"`
		Folder   string         `yaml:"folder"`
		Interval model.Duration `yaml:"interval"`
		Rules    []grafanaRule  `yaml:"rules"`
	}
	grafanaRule struct {
		UID                         string            `yaml:"uid"`
		Title                       string            `yaml:"title"`
		Condition                   string            `yaml:"condition"`
		Data                        []grafanaQuery    `yaml:"data"`
		NoDataState                 string            `yaml:"noDataState"`
		ExecErrState                string            `yaml:"execErrState"`
		For                         model.Duration    `yaml:"for"`
		KeepFiringFor               model.Duration    `yaml:"keepFiringFor,omitempty"`
		MissingSeriesEvalsToResolve int               `yaml:"missing_series_evals_to_resolve"`
		Labels                      map[string]string `yaml:"labels"`
		Annotations                 map[string]string `yaml:"annotations"`
	}
	grafanaQuery struct {
		RefID             string       `yaml:"refId"`
		RelativeTimeRange timeRange    `yaml:"relativeTimeRange"`
		DatasourceUID     string       `yaml:"datasourceUid"`
		Model             grafanaModel `yaml:"model"`
	}
	timeRange struct {
		From int `yaml:"from"` // seconds ago
		To   int `yaml:"to"`
	}
	grafanaModel struct {
		RefID      string             `yaml:"refId"`
		Type       string             `yaml:"type,omitempty"`
		Datasource *datasource        `yaml:"datasource,omitempty"`
		Expr       string             `yaml:"expr,omitempty"`
		Instant    bool               `yaml:"instant,omitempty"`
		Expression string             `yaml:"expression,omitempty"`
		Conditions []grafanaCondition `yaml:"conditions,omitempty"`
	}
	datasource struct {
		Type string `yaml:"type"`
		UID  string `yaml:"uid"`
	}
	grafanaCondition struct {
		Evaluator evaluator `yaml:"evaluator"`
	}
	evaluator struct {
		Type   string    `yaml:"type"`
		Params []float64 `yaml:"params,flow"`
	}
)

// expressions is Grafana's own data source, which evaluates expressions.
const expressions = "__expr__"

var expressionSource = datasource{Type: expressions, UID: expressions}
