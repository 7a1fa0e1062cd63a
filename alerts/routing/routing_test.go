package routing

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
)

func TestTheConfigurationAndItsTestsAreAsReviewed(t *testing.T) {
	for _, name := range []string{"smallest", "everything", "hostile"} {
		c := catalogs(t)[name]
		config, err := Config(c)
		require.NoError(t, err)
		golden.File(t, filepath.Join("testdata", name+".yaml"), config)
		script, err := Script(c, "alertmanager.yaml")
		require.NoError(t, err)
		golden.File(t, filepath.Join("testdata", name+".sh"), script)
	}
}

func TestACatalogWithoutReceiversHasNoConfiguration(t *testing.T) {
	_, err := Config(catalog.Default())
	require.ErrorIs(t, err, ErrNoRouting)
	_, err = Script(catalog.Default(), "alertmanager.yaml")
	require.ErrorIs(t, err, ErrNoRouting)
}

func TestAllThatIsWrongIsSaidAtOnce(t *testing.T) {
	c := smallest()
	c.Routing.Receivers = append(c.Routing.Receivers, catalog.Receiver{Name: "all", Kind: "pigeon"})
	delete(c.Routing.Default, catalog.Digest)
	delete(c.Routing.Repeat, catalog.Page)
	c.Routing.Watchdog = "gone"
	c.Routing.GroupInterval = 0
	c.Routing.Teams = []catalog.Team{{Name: "shop", Receivers: map[catalog.Severity]string{catalog.Page: "none"}}}
	_, err := Config(c)
	require.Error(t, err)
	golden.File(t, filepath.Join("testdata", "wrong.txt"), []byte(err.Error()+"\n"))
	_, again := Routes(c)
	require.EqualError(t, again, err.Error())
}

// Keys of Alertmanager that hold a credential, where the same with _file does not.
var inline = regexp.MustCompile(`(?m)^\s*-?\s*(\w*(key|token|password|secret|credentials)|api_url|webhook_url):`)

func TestSecretsAreFilesAndContactsAreNowhere(t *testing.T) {
	c := everything(t)
	config, err := Config(c)
	require.NoError(t, err)
	text := regexp.MustCompile(`api_url: https://\S+/rest/api/2\n`).ReplaceAllString(string(config), "\n") // Jira's address
	require.Empty(t, inline.FindAllString(text, -1))
	for _, receiver := range c.Routing.Receivers {
		require.Contains(t, text, "_file: "+receiver.Secret+"\n", receiver.Name)
	}
	for _, team := range c.Routing.Teams {
		for _, contact := range team.Contacts {
			require.NotContains(t, text, contact.Name)
			require.NotContains(t, text, contact.Channel)
		}
	}
}

func TestADeadMansSwitchNeverHearsThatTheWatchdogIsOver(t *testing.T) {
	sends := func(c catalog.Catalog) map[string]bool {
		all := make(map[string]bool)
		for _, r := range receivers(c.Routing) {
			for _, w := range r.Webhook {
				all[r.Name] = w.Send
			}
		}
		return all
	}
	c := everything(t)
	require.Equal(t, map[string]bool{"dead-mans-switch": false}, sends(c))
	c.Routing.Default[catalog.Digest] = "dead-mans-switch" // its receiver hears of others as well
	require.Equal(t, map[string]bool{"dead-mans-switch": true}, sends(c))
}

// names of alerts, and patterns of them, in matchers.
var inMatcher = regexp.MustCompile(`^alertname(?:=|=~|!~)"([^"]*)"$`)

func TestEveryAlertThatAnInhibitionNamesExists(t *testing.T) {
	known := catalog.AlertNames()
	require.Contains(t, known, Watchdog)
	named := 0
	for _, rule := range inhibitions() {
		for _, matcher := range slices.Concat(rule.Source, rule.Target) {
			if found := inMatcher.FindStringSubmatch(matcher); found != nil {
				for name := range strings.SplitSeq(found[1], "|") {
					require.Contains(t, known, name)
					named++
				}
			} else {
				require.NotContains(t, matcher, "alertname", "not understood by this test")
			}
		}
	}
	require.Greater(t, named, 20)
	require.Subset(t, known, slices.Concat(neverHidden(), symptoms(), absences()))
}

func TestNoInhibitionIsAboutAlertsOfNothing(t *testing.T) {
	for _, rule := range inhibitions() {
		if slices.Contains(rule.Equal, "service") {
			require.Contains(t, rule.Source, `service!=""`, rule.why)
			require.Contains(t, rule.Target, `service!=""`, rule.why)
		}
		require.NotEmpty(t, rule.why)
	}
}

func TestQuietTimesOverMidnightEndOnTheNextDay(t *testing.T) {
	at := func(hour, minute int) catalog.TimeOfDay { return catalog.TimeOfDay(60*hour + minute) }
	for _, window := range []catalog.Window{
		{Days: []time.Weekday{time.Saturday}, From: at(22, 0), To: at(6, 30)},
		{Days: []time.Weekday{time.Monday, time.Monday}, From: at(18, 0), To: 0},
		{Days: []time.Weekday{time.Sunday}, From: 0, To: midnight},
		{From: at(20, 0), To: at(8, 0)},
		{Days: []time.Weekday{time.Friday}, From: at(9, 0), To: at(9, 0)},
	} {
		text, err := yaml.Marshal(times([]catalog.Window{window})[0].Intervals)
		require.NoError(t, err)
		var intervals []struct {
			Weekdays []string
			Times    []struct {
				Start string `yaml:"start_time"`
				End   string `yaml:"end_time"`
			}
		}
		require.NoError(t, yaml.Unmarshal(text, &intervals))
		for day := range time.Saturday + 1 {
			for minute := range midnight {
				quiet := false
				for _, i := range intervals {
					if len(i.Weekdays) == 0 || slices.Contains(i.Weekdays, strings.ToLower(day.String())) {
						now := clock(minute)
						quiet = quiet || i.Times[0].Start <= now && now < i.Times[0].End
					}
				}
				require.Equal(t, within(window, day, minute), quiet, "%v on %s at %s", window, day, clock(minute))
			}
		}
	}
}

// within reports whether a minute of the week is in a window, as the services
// file means it: a window that does not end after it began goes on the next day.
func within(w catalog.Window, day time.Weekday, minute catalog.TimeOfDay) bool {
	on := func(day time.Weekday) bool { return len(w.Days) == 0 || slices.Contains(w.Days, day) }
	if w.From < w.To {
		return on(day) && w.From <= minute && minute < w.To
	}
	return on(day) && minute >= w.From || on((day+6)%7) && minute < w.To
}
