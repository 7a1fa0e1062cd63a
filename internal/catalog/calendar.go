package catalog

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	// The zones of the world, so that a file means the same on every machine.
	_ "time/tzdata"

	"go.yaml.in/yaml/v3"
)

// Days is a duration in whole days of 24 hours, as the file writes it: 30d.
type Days int

// Duration of the days.
func (d Days) Duration() time.Duration { return time.Duration(d) * 24 * time.Hour }

// Date is a day of the calendar, at midnight UTC; the zero value is no date.
type Date struct{ time.Time }

// String writes the date as the file does.
func (d Date) String() string { return d.Format(time.DateOnly) }

// over reports whether the day has ended in UTC.
func (d Date) over(now time.Time) bool { return !now.Before(d.AddDate(0, 0, 1)) }

// Window is a time of the week, in the time zone of Location. It begins at From on
// each of the Days and ends at To: on the same day where To is after From, else on the
// next. From and To differ; From is before the end of the day.
type Window struct {
	Days     []time.Weekday
	From, To TimeOfDay
	Location *time.Location
}

// TimeOfDay is minutes since midnight, 0 to 1440.
type TimeOfDay int

const endOfDay TimeOfDay = 24 * 60

// String writes the time as the file does: 09:30, and 24:00 for the end of a day.
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", int(t)/60, int(t)%60) }

// windowForm is a time of the week.
var windowForm = mapping("window", []field[Window]{
	at("days", "Days of the week. Default: every day.", listOf("a list of days such as [monday, tuesday]", weekday(), dayName),
		func(w *Window) *[]time.Weekday { return &w.Days }),
	at("from", "Begin of the window, on each of the days. Default: 00:00.", timeOfDay("23:59", `^([01][0-9]|2[0-3]):[0-5][0-9]$`), func(w *Window) *TimeOfDay { return &w.From }),
	at("to", "End of the window; where it is before the begin, on the next day. Default: 24:00, the end of the day.",
		timeOfDay("24:00", `^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$`), func(w *Window) *TimeOfDay { return &w.To }),
	at("time_zone", "Time zone of the window. Default: UTC.", timeZone(), func(w *Window) **time.Location { return &w.Location }),
}, checked(func(d *decoder, e entry, w *Window) {
	if !e.has("days") {
		for day := range 7 {
			w.Days = append(w.Days, time.Weekday(day))
		}
	} else if n := e.value("days"); n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
		d.fail(n, join(e.path, "days"), "an empty list", "at least one day; leave the key out for every day")
	}
	if !e.has("to") {
		w.To = endOfDay
	}
	if w.Location == nil {
		w.Location = time.UTC
	}
	if w.From == w.To && !d.told[join(e.path, "from")] {
		e.wrong(d, "to", fmt.Sprintf("%s, when the window begins", w.To), "another time than the begin; without `from` and `to`, a window is the whole day")
	}
}))

// timeOfDay is a time up to the latest, which the expression matches.
func timeOfDay(latest, expression string) form[TimeOfDay] {
	allowed := fmt.Sprintf(`a time of day from "00:00" to %q`, latest)
	written := regexp.MustCompile(expression)
	return form[TimeOfDay]{
		allowed: allowed,
		read: func(d *decoder, n *node, path string, to *TimeOfDay) {
			words, ok := d.words(n, path, allowed)
			if !ok {
				return
			}
			if !written.MatchString(words) {
				d.fail(n, path, given(n), allowed)
				return
			}
			hour, _ := strconv.Atoi(words[:2])
			minute, _ := strconv.Atoi(words[3:])
			*to = TimeOfDay(hour*60 + minute)
		},
		schema: func(schema) schema { return schema{"type": "string", "pattern": written.String()} },
	}
}

// dayName is the name of a day; empty for what is none.
func dayName(day time.Weekday) string {
	if day < time.Sunday {
		return ""
	}
	return day.String()
}

func weekday() form[time.Weekday] {
	var words []string
	for day := range 7 {
		words = append(words, strings.ToLower(time.Weekday((day+1)%7).String()))
	}
	of := word(words...)
	return form[time.Weekday]{
		allowed: of.allowed, schema: of.schema,
		read: func(d *decoder, n *node, path string, to *time.Weekday) {
			var name string
			of.read(d, n, path, &name)
			if *to = -1; slices.Contains(words, name) {
				*to = time.Weekday((slices.Index(words, name) + 1) % 7)
			}
		},
	}
}

func timeZone() form[*time.Location] {
	const allowed = "the name of a time zone such as Europe/Berlin"
	of := text(allowed)
	return form[*time.Location]{
		allowed: allowed, schema: of.schema,
		read: func(d *decoder, n *node, path string, to **time.Location) {
			var name string
			if of.read(d, n, path, &name); name == "" {
				return
			}
			location, err := time.LoadLocation(name)
			// "Local" is another zone on every machine.
			if err != nil || name == "Local" {
				d.fail(n, path, given(n), allowed)
				return
			}
			*to = location
		},
	}
}
