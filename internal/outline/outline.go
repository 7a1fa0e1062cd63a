// Package outline writes the start of a services file, from documents that people
// have already: SLOs in OpenSLO, and Backstage's catalog-info.yaml. What it cannot
// take over it says, so that nothing seems done that is not.
package outline

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"text/template"
	"time"

	"go.yaml.in/yaml/v3"
)

// Service is what documents tell about one service.
type Service struct {
	Name, Namespace, Team string
	Description           string
	Runbook               string
	// Availability is 0 and Latency 0 where no document tells.
	Availability float64
	Latency      time.Duration
	LatencyRatio float64
	Links        []Link
	Dependencies []string
}

// Link is a page about a service.
type Link struct{ Title, URL string }

// Notice is something of a document that was not taken over.
type Notice struct {
	File string
	Line int
	Text string
}

// String is file:line: text.
func (n Notice) String() string { return fmt.Sprintf("%s:%d: %s", n.File, n.Line, n.Text) }

// Outline collects services from documents. The zero value is empty.
type Outline struct {
	Services []*Service
	Notices  []Notice
}

// service returns the service of this name, and adds it if it is new.
func (o *Outline) service(name string) *Service {
	for _, s := range o.Services {
		if s.Name == name {
			return s
		}
	}
	s := &Service{Name: name}
	o.Services = append(o.Services, s)
	return s
}

func (o *Outline) notice(file string, line int, format string, args ...any) {
	o.Notices = append(o.Notices, Notice{file, line, fmt.Sprintf(format, args...)})
}

// document is one YAML document, and where it begins.
type document struct {
	root *yaml.Node
	file string
}

// line of a key of the document's root; of the document where there is none.
func (d document) line(path ...string) int {
	n := d.root
	for _, key := range path {
		if n.Kind != yaml.MappingNode {
			break
		}
		at := slices.IndexFunc(n.Content, func(k *yaml.Node) bool { return k.Value == key })
		if at < 0 || at%2 != 0 {
			break
		}
		n = n.Content[at+1]
	}
	return n.Line
}

// wrong is an error about a key of the document.
func (d document) wrong(key, got, allowed string) error {
	return fmt.Errorf("%s:%d: %s: got %s, allowed: %s", d.file, d.line(strings.Split(key, ".")...), key, got, allowed)
}

// YAML is the services file. Services are in the order of their names.
func (o *Outline) YAML() ([]byte, error) {
	services := slices.Clone(o.Services)
	slices.SortFunc(services, func(a, b *Service) int { return strings.Compare(a.Name, b.Name) })
	var text bytes.Buffer
	err := file.Execute(&text, services)
	return text.Bytes(), err
}

// text is a YAML scalar that means the text, on one line.
func text(s string) (string, error) {
	out, err := yaml.Marshal(&yaml.Node{Kind: yaml.ScalarNode, Value: s, Tag: "!!str"})
	if err != nil {
		return "", err
	}
	line := strings.TrimSuffix(string(out), "\n")
	if strings.Contains(line, "\n") {
		line = fmt.Sprintf("%q", s)
	}
	return line, nil
}

// comment is the text on one line.
func comment(s string) string { return strings.Join(strings.Fields(s), " ") }

var file = template.Must(template.New("services").Funcs(template.FuncMap{"text": text, "comment": comment}).Parse(
	`# The services that the gateway watches. Check it with: readyctl check FILE
# What may stand here: docs/reference/services.md; in editors, by the schema:
# yaml-language-server: $schema=services.schema.json
version: 1

# Where generated pages are served; alerts then link to them.
# grafana_url: https://grafana.example.com
# runbooks_url: https://runbooks.example.com

# Who is told of what. Secrets are files that Alertmanager reads, never values.
# routing:
#   receivers:
#     - name: pager
#       pagerduty: {routing_key_file: /etc/alertmanager/secrets/pagerduty}
#     - name: chat
#       slack: {webhook_url_file: /etc/alertmanager/secrets/slack, channel: "#alerts"}
#     - name: heartbeat       # told all the time; its silence means that nobody is told
#       webhook: {url_file: /etc/alertmanager/secrets/heartbeat}
#   default: {critical: pager, warning: chat, info: chat}
#   watchdog: heartbeat

# What every service gets that says nothing else. Without it the checklist's own
# thresholds hold: 5 % errors for 5m, p95 above 1s for 10m.
# defaults:
#   thresholds: {error_ratio: 0.05, latency_p95: 1s}
{{ if . }}
services:
{{- range . }}
{{- with .Description }}
  # {{ comment . }}
{{- end }}
  - name: {{ text .Name }}
{{- with .Namespace }}
    namespace: {{ text . }}
{{- end }}
    # Without a tier a service has the recovery targets of non-critical ones.
    # tier: critical
{{- with .Team }}
    team: {{ text . }}
{{- end }}
{{- with .Runbook }}
    runbook: {{ text . }}
{{- end }}
{{- if or .Availability .Latency }}
    slo:
{{- with .Availability }}
      availability: {{ . }}
{{- end }}
{{- if .Latency }}
      latency: {{ .Latency }}
      latency_ratio: {{ .LatencyRatio }}
{{- end }}
{{- end }}
{{- if .Links }}
    links:
{{- range .Links }}
      - {title: {{ text .Title }}, url: {{ text .URL }}}
{{- end }}
{{- end }}
{{- if .Dependencies }}
    # Say critical: true of those without which the service does not work.
    dependencies:
{{- range .Dependencies }}
      - name: {{ text . }}
{{- end }}
{{- end }}
{{- end }}
{{- else }}
services:
  - name: checkout            # the service.name of its telemetry
    tier: critical            # critical, important or non-critical
    # team: shop
    # slo: {availability: 0.999, latency: 500ms, latency_ratio: 0.95}
    # workload: {namespace: shop, kind: deployment, name: checkout}
    # dependencies:
    #   - {name: payments, critical: true}
    # jobs:
    #   - {name: settle-accounts, schedule: "0 2 * * *"}
{{- end }}
`))
