package catalog

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
	"go.yaml.in/yaml/v3"
)

// dayPattern are the fields of a schedule that choose its days.
type dayPattern struct{ dom, month, dow uint64 }

// cronFields reads what Kubernetes reads in a CronJob, less macros and time zones:
// those begin with @ or contain =.
var cronFields = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)

// schedule is a cron expression.
func schedule() form[string] {
	const allowed = `a cron expression of five fields (minute, hour, day, month, weekday 0 to 6) such as "0 2 * * *"`
	return form[string]{
		allowed: allowed,
		schema:  func(schema) schema { return schema{"type": "string", "pattern": `^\s*([^\s@=]+\s+){4}[^\s@=]+\s*$`} },
		read: func(d *decoder, n *node, path string, to *string) {
			words, ok := d.words(n, path, allowed)
			*to = words
			if ok && parseCron(words) == nil {
				d.fail(n, path, given(n), allowed)
			}
		},
	}
}

// parseCron returns nil for what is no cron expression.
func parseCron(text string) *cron.SpecSchedule {
	if strings.ContainsAny(text, "@=") {
		return nil
	}
	parsed, err := cronFields.Parse(text)
	if err != nil {
		return nil
	}
	spec, _ := parsed.(*cron.SpecSchedule)
	return spec
}

// longestGap is the longest time between two starts of a schedule in UTC; 0 for one
// that never starts. Where clocks change, it may be an hour more.
func (d *decoder) longestGap(spec *cron.SpecSchedule) time.Duration {
	days := d.longestDayGap(dayPattern{spec.Dom, spec.Month, spec.Dow})
	if days == 0 {
		return 0
	}
	// On each of its days the schedule starts at the same times.
	first, last, longest := -1, 0, 0
	for minute := range 24 * 60 {
		if spec.Hour&(1<<(minute/60)) == 0 || spec.Minute&(1<<(minute%60)) == 0 {
			continue
		}
		if first < 0 {
			first = minute
		} else {
			longest = max(longest, minute-last)
		}
		last = minute
	}
	if first < 0 {
		return 0
	}
	return time.Duration(max(longest, days*24*60-last+first)) * time.Minute
}

// longestDayGap is the largest number of days from one day of the pattern to the
// next, over 28 years: then weekdays and leap years come again, until 2100.
func (d *decoder) longestDayGap(p dayPattern) int {
	if gap, known := d.gaps[p]; known {
		return gap
	}
	midnights := cron.SpecSchedule{Second: 1, Minute: 1, Hour: 1, Dom: p.dom, Month: p.month, Dow: p.dow, Location: time.UTC}
	begin := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	longest := 0
	last := midnights.Next(begin)
	for !last.IsZero() && last.Before(begin.AddDate(28, 0, 0)) {
		next := midnights.Next(last)
		longest = max(longest, int(next.Sub(last).Hours())/24)
		last = next
	}
	if d.gaps == nil {
		d.gaps = make(map[dayPattern]int)
	}
	d.gaps[p] = longest
	return longest
}

// interval is how often a job starts; what its schedule says where it has one.
func (d *decoder) interval(e entry, j *Job) {
	n := e.value("schedule")
	if n == nil || n.Kind != yaml.ScalarNode {
		return
	}
	spec := parseCron(j.Schedule)
	if spec == nil {
		return
	}
	if j.Every = d.longestGap(spec); j.Every == 0 {
		e.wrong(d, "schedule", fmt.Sprintf("%q, which never starts", j.Schedule), "a schedule that starts")
	}
}
