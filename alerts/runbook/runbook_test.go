package runbook_test

import (
	"fmt"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/runbook"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
	"github.com/readygate/readygate/internal/query"
)

var made map[string]string // once for all tests, which only read it

// pages are the runbooks of testdata/services.yaml, by path.
func pages(t *testing.T) map[string]string {
	t.Helper()
	if made == nil {
		made = pagesOf(t, declared(t))
	}
	return made
}

func declared(t *testing.T) catalog.Catalog {
	t.Helper()
	c, err := catalog.Load("testdata/services.yaml")
	require.NoError(t, err)
	return c
}

func pagesOf(t testing.TB, c catalog.Catalog) map[string]string {
	t.Helper()
	rules, err := alerts.Generate(c, alerts.Options{DashboardURL: func(string) string { return "https://grafana.example.com/d/red" }})
	require.NoError(t, err)
	files, err := runbook.Pages(c, rules, runbook.Options{})
	require.NoError(t, err)
	all := make(map[string]string)
	for _, f := range files {
		require.NotContains(t, all, f.Path, "two pages at one path")
		require.Equal(t, path.Clean(f.Path), f.Path)
		require.NotContains(t, strings.Split(f.Path, "/"), "..")
		all[f.Path] = string(f.Data)
	}
	return all
}

// lists of alerts are as long as the catalogue of alerts.
var lists = regexp.MustCompile(`(?m)^\| \[[A-Za-z]+\]\([A-Za-z]+\.md\).*\n|^- \[[A-Za-z]+\]\([A-Za-z]+\.md\).*\n`)

func TestAPageSaysWhatIsWrongAndWhatToDo(t *testing.T) {
	all := pages(t)
	for name, page := range map[string]string{
		"alert.md":     "shop/payments@production/HighErrorRate.md",
		"service.md":   "shop/payments@production/README.md",
		"any.md":       "any/HighErrorRate.md",
		"elsewhere.md": "shop/catalogue@production/HighErrorRate.md",
		"job.md":       "shop/catalogue@production/BackgroundJobNotRunning.md",
	} {
		golden.File(t, "testdata/"+name, []byte(lists.ReplaceAllString(all[page], "")))
	}
}

func TestEveryAlertOfEveryServiceHasThePageThatItLinksTo(t *testing.T) {
	c, all := declared(t), pages(t)
	rules, err := alerts.Generate(c, alerts.Options{})
	require.NoError(t, err)
	each, err := rules.Alerts()
	require.NoError(t, err)
	services := make(map[string]bool)
	for _, a := range each {
		require.Contains(t, all, a.Page)
		services[path.Dir(a.Page)] = true
	}
	require.Len(t, services, 13, "12 services and environments, and any")
	for _, group := range rules.Groups() {
		for _, r := range group.Rules {
			link := strings.TrimPrefix(r.Annotations["runbook_url"], "https://runbooks.example.com/")
			if r.Alert != "" && !strings.Contains(link, "{{") {
				require.Contains(t, all, link)
			}
		}
	}
}

func TestEveryLinkBetweenPagesLeadsToAPage(t *testing.T) {
	links := regexp.MustCompile(`[^\\]\]\(<?([^)>]+?)>?\)`)
	all := pages(t)
	checked := 0
	for from, text := range all {
		for _, m := range links.FindAllStringSubmatch(withoutCode(text), -1) {
			to := m[1]
			if strings.HasPrefix(to, "https://") {
				continue
			}
			if anchor, found := strings.CutPrefix(to, "#"); found {
				require.Contains(t, strings.ToLower(strings.ReplaceAll(text, " ", "-")), "\n##-"+anchor+"\n", "%s: %s", from, to)
				continue
			}
			require.Contains(t, all, path.Join(path.Dir(from), to), "%s: %s", from, to)
			checked++
		}
	}
	require.Greater(t, checked, 50)
}

var blocks = regexp.MustCompile("(?s)\n *```promql\n(.*?)\n *```")

func TestEveryQueryIsPromQL(t *testing.T) {
	checked := 0
	for page, text := range pages(t) {
		for _, m := range blocks.FindAllStringSubmatch(text, -1) {
			expr, err := query.Parser.ParseExpr(m[1])
			require.NoError(t, err, "%s: %s", page, m[1])
			require.NotContains(t, expr.String(), "$selector")
			require.NotContains(t, expr.String(), "vector(42)")
			checked++
		}
	}
	require.Greater(t, checked, 100)
}

func TestWhatPeopleWroteIsTextAndNothingElse(t *testing.T) {
	fenced := regexp.MustCompile("(?s)\n *(`{3,})[a-z]*\n.*?\n *`{3,}\n")
	for page, text := range pages(t) {
		bare := fenced.ReplaceAllString(withoutCode(text), "\n")
		require.NotRegexp(t, `[^\\]<(script|img|b)\b`, bare, page)
		require.NotRegexp(t, `[^\\]\]\(<?javascript`, bare, page)
		for line := range strings.SplitSeq(bare, "\n") {
			if strings.HasPrefix(line, "| ") {
				require.Contains(t, []int{3, 5}, len(regexp.MustCompile(`(^|[^\\])\|`).FindAllString(strings.ReplaceAll(line, `\\`, ""), -1)), "%s: %s", page, line)
			}
		}
	}
}

func TestAPageAboutRequestsThatOthersCountAsksNothingOfTheGatewaysSeriesOfThem(t *testing.T) {
	ours := regexp.MustCompile(`\b(http|rpc)_request(s|_duration)_`)
	for folder, counter := range map[string]string{
		"shop/catalogue@production": "the mesh (profile `istio`), not by the gateway, in `istio_requests_total`",
		"suggest":                   "its own SDK (profile `otel_http`), not by the gateway, in `http_server_request_duration_seconds_count`",
		"rank":                      "the span_metrics connector (profile `span_metrics`), not by the gateway, in `traces_span_metrics_calls_total`",
		"legacy":                    "itself (profile `prometheus`), not by the gateway, in `http_requests_total`",
	} {
		checked := 0
		for page, text := range pages(t) {
			if path.Dir(page) != folder {
				continue
			}
			checked++
			for _, block := range blocks.FindAllStringSubmatch(text, -1) {
				require.NotRegexp(t, ours, block[1], page)
			}
			if name := path.Base(page); name == "HighErrorRate.md" || name == "README.md" {
				require.Equal(t, 1, strings.Count(text, "counted by "+counter), page)
			}
		}
		require.Greater(t, checked, 10, folder)
	}
}

func TestAPageDoesNotChangeWhenLinesMove(t *testing.T) {
	text, err := os.ReadFile("testdata/services.yaml")
	require.NoError(t, err)
	moved, err := catalog.Parse("services.yaml", append([]byte("# A comment.\n\n"), text...))
	require.NoError(t, err)
	require.Equal(t, pages(t), pagesOf(t, moved))
}

func TestOnlyWhatAReleaseMayCauseHasADecisionAboutReleasesAndDependencies(t *testing.T) {
	rules, err := alerts.Generate(declared(t), alerts.Options{})
	require.NoError(t, err)
	each, err := rules.Alerts()
	require.NoError(t, err)
	asked := map[bool]int{}
	for _, a := range each {
		release := a.Guide.Release && !a.Fleet
		asked[release]++
		for _, question := range []string{"**Was it released within the hour?**", "**Roll back.**", "**Does something that the service calls fail?**"} {
			require.Equal(t, release, strings.Contains(pages(t)[a.Page], question), "%s: %s", a.Page, question)
		}
	}
	require.Greater(t, asked[true], 50)
	require.Greater(t, asked[false], 50)
}

func TestATeamWithoutAScheduleIsNamedWithThePlaceOfItsContacts(t *testing.T) {
	for page, contact := range map[string]string{
		"shop/catalogue@production": "- On call: the team search; its contacts are in services.yaml, `teams`, `contacts`\n",
		"suggest":                   "- On call: the team ranking; how to reach it, nobody has written down: give it an `on_call` or `contacts` in services.yaml, `teams`\n",
		"rank":                      "- On call: `shop-schedule`\n",
	} {
		require.Contains(t, pages(t)[page+"/README.md"], contact)
	}
}

func TestContactsAppearNowhere(t *testing.T) {
	for page, text := range pages(t) {
		require.NotContains(t, text, "555", page)
		require.NotContains(t, text, "Emergency", page)
		require.NotContains(t, text, "/etc/alertmanager", page)
	}
}

func TestAServiceHasTheHeadingsOfADeploymentRunbook(t *testing.T) {
	for page, text := range pages(t) {
		if path.Base(page) != "README.md" || path.Dir(page) == "." || path.Dir(page) == "any" {
			continue
		}
		for _, heading := range []string{"Deploy", "Verify", "Rollback", "Contacts"} {
			require.Contains(t, text, "\n## "+heading+"\n", page)
		}
	}
}

func TestTheSameCatalogHasTheSamePages(t *testing.T) {
	require.Equal(t, pages(t), pagesOf(t, declared(t)))
}

// withoutCode drops spans and blocks of code.
func withoutCode(text string) string {
	text = regexp.MustCompile("(?s)\n *````*[a-z]*\n.*?\n *````*\n").ReplaceAllString(text, "\n")
	return regexp.MustCompile("(^|[^`\\\\])`[^`]+`").ReplaceAllString(text, "$1")
}

func BenchmarkTwoHundredServices(b *testing.B) {
	c := catalog.Default()
	c.RunbooksURL = "https://runbooks.example.com"
	for i := range 200 {
		s := catalog.Service{Name: fmt.Sprintf("service-%d", i), Namespace: "shop", Environments: []string{"production"}, Policy: c.Tiers[catalog.Critical]}
		s.Workload = &catalog.Workload{Namespace: "shop", Kind: "deployment", Name: s.Name}
		s.Dependencies = []catalog.Dependency{{Name: "service-1", Critical: true}, {Name: "db"}}
		c.Services = append(c.Services, s)
	}
	rules, err := alerts.Generate(c, alerts.Options{})
	require.NoError(b, err)
	for b.Loop() {
		files, err := runbook.Pages(c, rules, runbook.Options{})
		require.NoError(b, err)
		b.ReportMetric(float64(len(files)), "pages")
	}
}
