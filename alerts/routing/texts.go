package routing

import "strings"

// Templates of Alertmanager. A group has alerts of one name and service, or, in a
// digest, of anything: common labels may be missing.
const (
	// title says how many of what, and about whom.
	title = `[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ .Alerts.Firing | len }}{{ end }}] ` +
		`{{ with .CommonLabels.alertname }}{{ . }}{{ else }}{{ len .Alerts }} alerts{{ end }}` +
		`{{ with .CommonLabels.service }}: {{ . }}{{ end }}{{ with .CommonLabels.environment }} in {{ . }}{{ end }}`

	// firstSummary is title and the summary of the first alert, which stands for all.
	firstSummary = title + `{{ with (index .Alerts 0).Annotations.summary }}: {{ . }}{{ end }}`

	// pageURL is the dashboard of the service, or else Alertmanager's own page.
	pageURL = `{{ with .CommonAnnotations.dashboard_url }}{{ . }}{{ else }}{{ .ExternalURL }}/#/alerts?receiver={{ .Receiver | urlquery }}{{ end }}`

	// PagerDuty refuses events of any other severity, which would be lost.
	pagerDutySeverity = `{{ with .CommonLabels.severity }}{{ if match "^(critical|warning|info)$" . }}{{ . }}{{ else }}error{{ end }}{{ else }}error{{ end }}`

	opsgeniePriority = `{{ with .CommonLabels.severity }}{{ if eq . "critical" }}P1{{ else if eq . "info" }}P5{{ else }}P3{{ end }}{{ else }}P3{{ end }}`

	plainText = `{{ range .Alerts }}{{ .Labels.alertname }} is {{ .Status }}: {{ .Annotations.summary }}
{{ with .Annotations.description }}{{ . }}
{{ end }}{{ with .Labels.checklist }}Checklist: {{ . }}
{{ end }}{{ with .Labels.tier }}Tier: {{ . }}
{{ end }}{{ with .Annotations.runbook_url }}Runbook: {{ . }}
{{ end }}{{ with .Annotations.dashboard_url }}Dashboard: {{ . }}
{{ end }}
{{ end }}`

	markdownText = `{{ range .Alerts }}**{{ .Labels.alertname }}** is {{ .Status }}: {{ .Annotations.summary }}

{{ with .Annotations.description }}{{ . }}

{{ end }}{{ with .Annotations.runbook_url }}[Runbook]({{ . }}) {{ end }}{{ with .Annotations.dashboard_url }}[Dashboard]({{ . }}) {{ end }}{{ with .Labels.checklist }}{{ . }} {{ end }}{{ with .Labels.tier }}tier {{ . }}{{ end }}

{{ end }}`
)

// What telemetry brought along is escaped where Slack reads it, as Slack asks for:
// a service called <!channel> must not call everybody.
var (
	slackTitle = strings.ReplaceAll(title, "{{ . }}", escaped("."))

	// slackText is markdownText as Slack writes it.
	slackText = `{{ range .Alerts }}*` + escaped(".Labels.alertname") + `* is {{ .Status }}: ` + escaped(".Annotations.summary") + `
{{ with .Annotations.description }}` + escaped(".") + `
{{ end }}{{ with .Annotations.runbook_url }}<` + escaped(".") + `|Runbook> {{ end }}{{ with .Annotations.dashboard_url }}<` + escaped(".") + `|Dashboard> {{ end }}` +
		`{{ with .Labels.checklist }}` + escaped(".") + ` {{ end }}{{ with .Labels.tier }}tier ` + escaped(".") + `{{ end }}
{{ end }}`
)

func escaped(value string) string {
	return "{{ " + value + ` | reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;" }}`
}

// details are what a page should say at once, each empty where the alerts differ.
func details() map[string]string {
	return map[string]string{
		"checklist":   common("checklist"),
		"tier":        common("tier"),
		"team":        common("team"),
		"environment": common("environment"),
		"runbook":     link("runbook_url"),
		"dashboard":   link("dashboard_url"),
	}
}

func common(label string) string { return "{{ .CommonLabels." + label + " }}" }

func link(annotation string) string { return "{{ .CommonAnnotations." + annotation + " }}" }
