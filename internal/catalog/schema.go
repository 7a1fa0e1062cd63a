package catalog

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/spell"
)

// file reads the whole file. A file of another version is not judged further:
// what it means is unknown.
func (d *decoder) file(c *Catalog) reader {
	return func(n *yaml.Node, path string) {
		known := true
		d.mapping(n, path, []field{
			{key: "version", read: d.version(&known), required: strconv.Itoa(Version)},
			{key: "grafana_url", read: d.grafana(&c.GrafanaURL)},
			{key: "defaults", read: func(n *yaml.Node, path string) { d.mapping(n, path, d.policy(&c.Defaults)) }},
			// After the defaults, which every service inherits.
			{key: "services", read: d.list("a list of services", d.service(c))},
		})
		c.GrafanaURL = strings.TrimRight(c.GrafanaURL, "/")
		if !known {
			d.problems = slices.DeleteFunc(d.problems, func(p Problem) bool { return p.Path != "version" })
		}
	}
}

func (d *decoder) version(known *bool) reader {
	return func(n *yaml.Node, path string) {
		allowed := strconv.Itoa(Version)
		if d.kind(n, path, yaml.ScalarNode, allowed) && (n.ShortTag() != "!!int" || n.Value != allowed) {
			d.fail(n, path, given(n), allowed)
			*known = false
		}
	}
}

// service appends one service to the catalog.
func (d *decoder) service(c *Catalog) reader {
	const name = "the service.name of the telemetry"
	declared := make(overlaps)
	return func(n *yaml.Node, path string) {
		s := Service{Policy: c.Defaults}
		d.mapping(n, path, append([]field{
			{key: "name", read: d.text(&s.Name, name), required: name},
			{key: "namespace", read: d.text(&s.Namespace, "the service.namespace of the telemetry; leave the key out for any")},
			{key: "environments", read: d.list("a list such as [production, staging]", d.environment(&s.Environments))},
		}, d.policy(&s.Policy)...))
		if first, again := declared.first(s); again && s.Name != "" {
			d.fail(n, path, fmt.Sprintf("the service %q again", s.Name),
				fmt.Sprintf("one entry for a service, namespace and environment (services[%d] has it already)", first))
		}
		declared.add(len(c.Services), s)
		c.Services = append(c.Services, s)
	}
}

// environment appends one environment to a service's.
func (d *decoder) environment(to *[]string) reader {
	seen := make(map[string]bool)
	return func(n *yaml.Node, path string) {
		environment, ok := d.words(n, path, "a deployment.environment.name of the telemetry")
		if ok && seen[environment] {
			d.fail(n, path, given(n)+" again", "each environment once")
		}
		seen[environment] = true
		*to = append(*to, environment)
	}
}

// policy are the keys that defaults and services share.
func (d *decoder) policy(p *Policy) []field {
	return []field{
		{key: "tier", read: d.tier(&p.Tier)},
		{key: "team", read: d.text(&p.Team, "the name of a team")},
		{key: "owner", read: d.text(&p.Owner, "the name of a person or group")},
		{key: "runbook", read: d.url(&p.Runbook)},
		{key: "thresholds", read: func(n *yaml.Node, path string) { d.mapping(n, path, d.thresholds(&p.Thresholds)) }},
	}
}

func (d *decoder) thresholds(t *Thresholds) []field {
	ratio := func(v float64) bool { return v >= MinErrorRatio && v <= MaxErrorRatio }
	rate := func(v float64) bool { return v >= MinGuard && v <= MaxGuard }
	return []field{
		{key: "error_ratio", read: d.number(&t.ErrorRatio,
			fmt.Sprintf("a ratio from %v to %v (0.05 is 5 %%)", MinErrorRatio, MaxErrorRatio), ratio)},
		{key: "error_for", read: d.wait(&t.ErrorFor)},
		{key: "latency_p95", read: d.latency(&t.LatencyP95)},
		{key: "latency_for", read: d.wait(&t.LatencyFor)},
		{key: "min_request_rate", read: d.number(&t.MinRequestRate,
			fmt.Sprintf("requests per second, from %v to %v", MinGuard, MaxGuard), rate)},
	}
}

func (d *decoder) tier(to *Tier) reader {
	const allowed = "critical, important or non-critical"
	tiers := []string{string(Critical), string(Important), string(NonCritical)}
	return func(n *yaml.Node, path string) {
		tier, ok := d.words(n, path, allowed)
		if *to = Tier(tier); ok && !slices.Contains(tiers, tier) {
			d.report(n.Line, n.Column, path, given(n), allowed, spell.Nearest(tier, tiers))
		}
	}
}

func (d *decoder) url(to *string) reader {
	return d.address(to, "an absolute URL such as https://example.com/page", "")
}

// grafana reads the URL that paths and queries of dashboards are appended to.
func (d *decoder) grafana(to *string) reader {
	return d.address(to, "an absolute URL without query and fragment, such as https://grafana.example.com", "?#")
}

// address reads an absolute URL that has none of the refused characters.
func (d *decoder) address(to *string, allowed, refused string) reader {
	return func(n *yaml.Node, path string) {
		text, ok := d.words(n, path, allowed)
		u, err := url.Parse(text)
		if ok && (err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") || strings.ContainsAny(text, " "+refused)) {
			d.fail(n, path, given(n), allowed)
		}
		*to = text
	}
}

// wait reads how long an alert waits before it fires.
func (d *decoder) wait(to *time.Duration) reader {
	return d.duration(to, "whole seconds up to 24h, such as 30s, 5m or 1h30m", func(v time.Duration) bool {
		return v >= 0 && v <= MaxFor && v%time.Second == 0
	})
}

func (d *decoder) latency(to *time.Duration) reader {
	bounds := LatencyBounds()
	words := make([]string, len(bounds))
	for i, b := range bounds {
		words[i] = b.String()
	}
	return d.duration(to, "a boundary of the duration histogram: "+strings.Join(words, ", "),
		func(v time.Duration) bool { return slices.Contains(bounds, v) })
}
