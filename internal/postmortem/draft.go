package postmortem

import (
	"bytes"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/markdown"
)

// empty marks what only people know.
const empty = "_To be written._"

// maxEvents is how many events a timeline has. A storm of alerts has more, and nobody
// reads them.
const maxEvents = 300

// frontMatter is what tools read of a draft.
type frontMatter struct {
	Incident string   `yaml:"incident"`
	Status   string   `yaml:"status"`
	Begin    string   `yaml:"begin"`
	End      string   `yaml:"end"`
	Services []string `yaml:"services"`
	Alerts   []string `yaml:"alerts"`
}

// Draft is the incident, which has an episode at least, as a page in Markdown. Prometheus is the address that links
// to queries begin with; a user and password in it are left out.
func (i *Incident) Draft(prometheus *url.URL) ([]byte, error) {
	m := new(markdown.Page)
	front, err := i.frontMatter()
	if err != nil {
		return nil, err
	}
	m.Line("---")
	m.WriteString(string(front))
	m.Line("---")
	m.Line()
	m.Heading(1, "Post-mortem: ", markdown.Text(i.title()))
	m.Paragraph("A draft of `readyctl postmortem`, from what Prometheus remembers. Times are UTC, to within ", markdown.Text(i.Step.String()), ". Look for *To be written*.")
	i.summary(m)
	m.Heading(2, "What users noticed")
	m.Paragraph(empty)
	i.timeline(m)
	i.impact(m)
	m.Heading(2, "Root cause")
	m.Paragraph(empty)
	m.Heading(2, "Detection")
	m.Paragraph("Did an alert tell first, and soon enough? ", empty)
	m.Heading(2, "What went well")
	m.Paragraph(empty)
	m.Heading(2, "What went wrong")
	m.Paragraph(empty)
	m.Heading(2, "Actions")
	m.Table("action", "owner", "due")
	m.Row(empty, "", "")
	m.Line()
	i.queries(m, prometheus)
	return m.Bytes(), nil
}

func (i *Incident) frontMatter() ([]byte, error) {
	begin, end := i.span()
	front := frontMatter{
		Incident: slug(begin.Format("2006-01-02") + "-" + i.title()),
		Status:   "draft", Begin: stamp(begin), End: stamp(end), Services: []string{}, Alerts: []string{},
	}
	for _, e := range i.Episodes {
		if name := e.Service.String(); e.Service.Name != "" && !slices.Contains(front.Services, name) {
			front.Services = append(front.Services, name)
		}
		if !slices.Contains(front.Alerts, e.Alert) {
			front.Alerts = append(front.Alerts, e.Alert)
		}
	}
	slices.Sort(front.Services)
	slices.Sort(front.Alerts)
	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(front); err != nil {
		return nil, err
	}
	return text.Bytes(), encoder.Close()
}

// title is the first alert of the incident, of the most severe ones.
func (i *Incident) title() string {
	first := i.Episodes[0]
	for _, e := range i.Episodes {
		if e.Severity == "critical" && first.Severity != "critical" {
			first = e
		}
	}
	return first.name()
}

// span is from the first alert to the end of the last.
func (i *Incident) span() (begin, end time.Time) {
	begin, end = i.Episodes[0].Begin, i.Episodes[0].End
	for _, e := range i.Episodes {
		begin = earlier(e.Begin, begin)
		if e.End.After(end) {
			end = e.End
		}
	}
	return begin, end
}

func (i *Incident) summary(m *markdown.Page) {
	begin, end := i.span()
	var names, services []string
	open, before := "", ""
	for _, e := range i.Episodes {
		if name := markdown.Text(e.Alert); !slices.Contains(names, name) {
			names = append(names, name)
		}
		if name := markdown.Text(e.Service.String()); e.Service.Name != "" && !slices.Contains(services, name) {
			services = append(services, name)
		}
		if e.Open {
			open = ", and still going on then"
		}
		if e.Before {
			before = ", or before"
		}
	}
	m.Heading(2, "Summary")
	m.Table("", "")
	m.Row("first alert", stamp(begin)+before)
	m.Row("last alert ended", stamp(end)+open)
	m.Row("time", model.Duration(end.Sub(begin)).String())
	times := " times: "
	if len(i.Episodes) == 1 {
		times = " time: "
	}
	m.Row("alerts fired", strconv.Itoa(len(i.Episodes))+times+strings.Join(names, ", "))
	m.Row("services", strings.Join(services, ", "))
	m.Row("in one sentence", empty)
	m.Line()
	for _, w := range i.Warnings {
		m.Paragraph("Prometheus warns: ", markdown.Text(w))
	}
}

// timeline are beginnings and ends of alerts, and releases, as they came.
func (i *Incident) timeline(m *markdown.Page) {
	type event struct {
		at   time.Time
		what string
	}
	var all []event
	for _, r := range i.Releases {
		all = append(all, event{r.At, "**Release** " + markdown.Code(r.Version) + " of " + markdown.Text(r.Service.String()) + " is heard of"})
	}
	for _, e := range i.Episodes {
		name := "**" + markdown.Text(e.Alert) + "**"
		if e.Service.Name != "" {
			name += " of " + markdown.Text(e.Service.String())
		}
		if e.Item != "" {
			name += ", " + markdown.Text(e.Item)
		}
		begins := " fires (" + markdown.Text(e.Severity) + ")"
		if e.Before {
			begins = " fires already (" + markdown.Text(e.Severity) + ")"
		}
		all = append(all, event{e.Begin, name + begins})
		if !e.Open {
			all = append(all, event{e.End, name + " ends, after " + model.Duration(e.End.Sub(e.Begin)).String()})
		}
	}
	slices.SortStableFunc(all, func(a, b event) int { return a.at.Compare(b.at) })
	m.Heading(2, "Timeline")
	m.Table("time", "what")
	for _, e := range all[:min(len(all), maxEvents)] {
		m.Row(stamp(e.at), e.what)
	}
	m.Line()
	if len(all) > maxEvents {
		m.Paragraph("There are ", strconv.Itoa(len(all)-maxEvents), " more; ask for less time, one alert or one service.")
	}
	m.Paragraph("What people did, and when: ", empty)
}

func (i *Incident) impact(m *markdown.Page) {
	m.Heading(2, "Impact")
	if len(i.Impacts) == 0 {
		m.Paragraph("There are no series of requests of these services. ", empty)
		return
	}
	m.Paragraph("From ", stamp(i.From), " to ", stamp(i.To), ":")
	m.Table("service", "requests", "failed", "highest error ratio of 5 minutes", "highest p95 of 5 minutes")
	for _, s := range i.Impacts {
		ratio, p95 := "none", "none"
		if !s.WorstRatioAt.IsZero() {
			ratio = strconv.FormatFloat(100*s.WorstRatio, 'g', 3, 64) + " % at " + stamp(s.WorstRatioAt)
		}
		if !s.WorstP95At.IsZero() {
			p95 = s.WorstP95.String() + " at " + stamp(s.WorstP95At)
		}
		m.Row(markdown.Text(s.Service.String()), number(s.Requests), number(s.Failed), ratio, p95)
	}
	m.Line()
	m.Paragraph("Numbers of requests are sums of rates over 5 minutes. What it cost: ", empty)
}
