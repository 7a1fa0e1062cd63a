package routing

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/readygate/readygate/internal/catalog"
)

// quiet is the name of the times at which only critical alerts are told.
const quiet = "quiet"

type timeTable struct {
	Name      string         `yaml:"name"`
	Intervals []timeInterval `yaml:"time_intervals"`
}

type timeInterval struct {
	Weekdays []string    `yaml:"weekdays,flow,omitempty"`
	Times    []timeRange `yaml:"times"`
	Location string      `yaml:"location,omitempty"`
}

type timeRange struct {
	Start string `yaml:"start_time"`
	End   string `yaml:"end_time"`
}

// midnight is the end of a day, as Alertmanager and the services file write it.
const midnight = catalog.TimeOfDay(24 * 60)

// times has the quiet times, or nothing. Alertmanager's ranges end on the day on
// which they begin, so a window over midnight becomes two: the second belongs to
// the following days.
func times(windows []catalog.Window) []timeTable {
	if len(windows) == 0 {
		return nil
	}
	table := timeTable{Name: quiet}
	add := func(days []time.Weekday, from, to catalog.TimeOfDay, location *time.Location) {
		if from < to {
			table.Intervals = append(table.Intervals, interval(days, from, to, location))
		}
	}
	for _, w := range windows {
		if w.From < w.To {
			add(w.Days, w.From, w.To, w.Location)
			continue
		}
		add(w.Days, w.From, midnight, w.Location)
		next := make([]time.Weekday, len(w.Days))
		for i, day := range w.Days {
			next[i] = (day + 1) % 7
		}
		add(next, 0, w.To, w.Location)
	}
	return []timeTable{table}
}

// interval on the given days, or on every day.
func interval(days []time.Weekday, from, to catalog.TimeOfDay, location *time.Location) timeInterval {
	one := timeInterval{Times: []timeRange{{Start: clock(from), End: clock(to)}}}
	days = slices.Clone(days)
	slices.Sort(days)
	for _, day := range slices.Compact(days) {
		one.Weekdays = append(one.Weekdays, strings.ToLower(day.String()))
	}
	if location != nil {
		one.Location = location.String()
	}
	return one
}

func clock(t catalog.TimeOfDay) string { return fmt.Sprintf("%02d:%02d", t/60, t%60) }
