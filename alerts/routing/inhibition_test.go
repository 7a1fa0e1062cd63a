package routing

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

// scenario is alerts that fire together, and which of them are told.
type scenario struct {
	name   string
	alerts []alert
	// want and their states by line.
	want map[string]string
}

// scenarios reads testdata/inhibition.txt. Each alert has its line as a label, to
// be known by.
func scenarios(t *testing.T) []scenario {
	t.Helper()
	text, err := os.ReadFile("testdata/inhibition.txt")
	require.NoError(t, err)
	var all []scenario
	for block := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n\n") {
		lines := strings.Split(block, "\n")
		one := scenario{name: strings.TrimPrefix(lines[0], "# "), want: make(map[string]string)}
		for _, line := range lines[1:] {
			words := strings.Fields(line)
			one.want[line] = words[0]
			labels := map[string]string{"alertname": words[1], "line": line}
			for _, word := range words[2:] {
				name, value, _ := strings.Cut(word, "=")
				labels[name] = value
			}
			one.alerts = append(one.alerts, alert{Labels: labels})
		}
		all = append(all, one)
	}
	require.NotEmpty(t, all)
	return all
}

// states are those of the alerts that fire, by line.
func (a alertmanager) states(t require.TestingT) map[string]string {
	var alerts []struct {
		Labels map[string]string
		Status struct{ InhibitedBy []string }
	}
	a.get(t, "/api/v2/alerts", &alerts)
	all := make(map[string]string)
	for _, one := range alerts {
		all[one.Labels["line"]] = "told"
		if len(one.Status.InhibitedBy) > 0 {
			all[one.Labels["line"]] = "muted"
		}
	}
	return all
}

// hides sends what fires in a scenario and reports whether Alertmanager mutes what
// it should within some time.
func (a alertmanager) hides(t *testing.T, s scenario, within time.Duration) (got map[string]string, right bool) {
	t.Helper()
	// In their order: the inhibitor hears of alerts one after the other, so that when
	// a later source has its effect, an earlier one had it too.
	a.send(t, s.alerts...)
	// A pair of its own tells that the inhibitor has heard of all that was sent before.
	last := []alert{
		{Labels: map[string]string{"alertname": "ServiceDown", "service": "last of " + s.name, "line": "last source"}},
		{Labels: map[string]string{"alertname": "HighErrorRate", "service": "last of " + s.name, "line": "last target"}},
	}
	a.send(t, last...)
	deadline := time.After(within)
	for poll := time.NewTicker(10 * time.Millisecond); ; {
		got = a.states(t)
		if got["last target"] == "muted" {
			delete(got, "last source")
			delete(got, "last target")
			break
		}
		select {
		case <-poll.C:
		case <-deadline:
			return got, false
		}
	}
	a.resolve(t, slices.Concat(s.alerts, last)...)
	return got, maps.Equal(s.want, got)
}

func TestAlertmanagerHidesWhatFollowsAndNothingElse(t *testing.T) {
	for _, c := range []catalog.Catalog{smallest(), large()} {
		config, err := Config(c)
		require.NoError(t, err)
		a := start(t, string(config))
		for _, s := range scenarios(t) {
			got, _ := a.hides(t, s, patience)
			require.Equal(t, s.want, got, s.name)
		}
	}
}

// burning is the inhibition of one burn alert by another.
func burning(source, target string) string {
	return fmt.Sprintf(`- alertname="ErrorBudgetBurn%s"
      - service!=""
    target_matchers:
      - alertname="ErrorBudgetBurn%s"`, source, target)
}

func TestTheScenariosSeeEveryWrongInhibition(t *testing.T) {
	config, err := Config(smallest())
	require.NoError(t, err)
	last := func(text, from, to string) string {
		i := strings.LastIndex(text, from)
		require.GreaterOrEqual(t, i, 0, "the defect does not apply")
		return text[:i] + to + text[i+len(from):]
	}
	first := func(text, from, to string) string {
		require.Contains(t, text, from, "the defect does not apply")
		return strings.Replace(text, from, to, 1)
	}
	for name, broken := range map[string]string{
		"another environment is muted":         strings.ReplaceAll(string(config), ", environment]", "]"),
		"another namespace is muted":           strings.ReplaceAll(string(config), "service_namespace, ", ""),
		"every service is muted":               strings.ReplaceAll(string(config), "equal: [service, ", "equal: ["),
		"no service is one":                    strings.ReplaceAll(string(config), `- service!=""`, `- line!=""`),
		"a symptom is not muted":               strings.ReplaceAll(string(config), "SlowResponseTime|", ""),
		"instances are not muted":              first(string(config), "InstanceDown|", ""),
		"silence does not mute":                strings.ReplaceAll(string(config), `alertname="ServiceTelemetryAbsent"`, `alertname="ServiceTelemetryLost"`),
		"silence mutes silence":                first(string(config), `=~"ServiceNeverSeen|`, `=~"ServiceDown|`),
		"fast does not mute slow":              last(string(config), `alertname="ErrorBudgetBurnFast"`, `alertname="ErrorBudgetBurn"`),
		"slow mutes fast":                      first(string(config), burning("Fast", "Slow"), burning("Slow", "Fast")),
		"pages do not mute tickets":            last(string(config), `- severity="warning"`, `- severity="info"`),
		"pages mute tickets of other names":    strings.ReplaceAll(string(config), "equal: [alertname, ", "equal: ["),
		"pages mute tickets of other parts":    strings.ReplaceAll(string(config), ", queue, ", ", "),
		"the watchdog can be muted":            strings.ReplaceAll(string(config), `|Watchdog"`, `|Nothing"`),
		"leaks can be muted":                   strings.ReplaceAll(string(config), `!~"PIILeakDetected|`, `!~"Leak|`),
		"a gateway does not mute absence":      first(string(config), `- environment=""`, `- environment="none"`),
		"a gateway mutes other environments":   strings.ReplaceAll(string(config), "equal: [environment]", "equal: [job]"),
		"a gateway mutes errors":               last(string(config), `"ServiceTelemetryAbsent|`, `"HighErrorRate|ServiceTelemetryAbsent|`) + "\n",
		"a gateway mutes flat revenue":         strings.ReplaceAll(string(config), `"ServiceTelemetryAbsent|ServiceNeverSeen|Req`, `"RevenueFlatlined|ServiceTelemetryAbsent|ServiceNeverSeen|Req`),
		"lost logs mute absence":               strings.ReplaceAll(string(config), `- signal="metrics"`, `- signal=~"metrics|logs"`),
		"lost traces mute absence":             strings.ReplaceAll(string(config), `- signal="metrics"`, `- signal=~"metrics|traces"`),
		"failing does not mute burning":        strings.ReplaceAll(string(config), `alertname="HighErrorRate"`, `alertname="HighErrors"`),
		"failing mutes slow answers":           first(string(config), `alertname="ErrorBudgetBurnFast"`, `alertname=~".+BudgetBurnFast"`),
		"old copies do not mute missed backup": strings.ReplaceAll(string(config), `alertname="RPOViolated"`, `alertname="RPO"`),
		"old copies mute backups of others":    strings.ReplaceAll(string(config), ", environment, dataset]", ", environment]"),
		"a secret mutes others":                strings.ReplaceAll(string(config), ", environment, secret]", ", environment]"),
		"the bypassed scrubber can be muted":   strings.ReplaceAll(string(config), `|PIIScrubberBypassed|`, `|`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.NotEqual(t, string(config), broken, "the defect does not apply")
			a := start(t, broken)
			for _, s := range scenarios(t) {
				if _, right := a.hides(t, s, patience); !right {
					return
				}
			}
			require.Fail(t, "the scenarios pass in spite of the defect")
		})
	}
}
