package saturation

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func highMemoryUsage() rule.Alert {
	wait := func(t rule.Target) time.Duration { return t.Policy.Thresholds.MemoryFor }
	return rule.Alert{
		Name: nameOfMemory, Severity: catalog.Ticket, Checklist: "PR-097",
		Applies:  hasContainers,
		Presence: telemetry.RecordedServiceMemoryRatio,
		Condition: func(t rule.Target) string {
			return rule.Above(nameOfMemory, telemetry.RecordedServiceMemoryRatio, t.Policy.Thresholds.MemoryRatio, ofContainer...)
		},
		Wait:    wait,
		Keep:    keep,
		Summary: inContainer + " uses {{ $value | humanizePercentage }} of its memory",
		Description: func(t rule.Target) string {
			n := t.Policy.Thresholds
			return fmt.Sprintf(inContainer+" uses {{ $value | humanizePercentage }} of its memory limit, caches that can be dropped left out."+
				" The alert fires above %s, for %s; it ends below %s.", rule.Percent(n.MemoryRatio), rule.Short(n.MemoryFor), rule.Percent(rule.Ease*n.MemoryRatio))
		},
		Guide: rule.Guide{
			Meaning: "A container needs nearly all memory that its limit allows. At the limit the kernel kills it.",
			Impact:  "None yet, or long pauses for the collection of garbage. When it is killed, what it was doing is lost.",
			Release: true,
			Look: []rule.Look{
				{Question: "Since when, and in all pods?", Query: telemetry.RecordedServiceMemoryRatio + "{$selector}"},
				{Question: "Does it grow all the time?", Query: telemetry.RecordedServiceMemory + "{$selector}"},
				{Question: "Was it killed before?", Query: killedForMemory},
				{Question: "Is there more traffic than usual?", Query: `sum(rate(http_requests_total{$selector}[5m])) / sum(rate(http_requests_total{$selector}[5m] offset 1d))`},
			},
			Act: []string{
				"If it grows all the time, treat it as MemoryLeakSuspected.",
				"If it came with traffic, add replicas, or raise the limit; a runtime with a heap of its own (JVM, Node.js, Go) must be told of the new limit.",
				describe,
			},
		},
		Trial: func(t rule.Target, id map[string]string) rule.Trial {
			c, most := containerOf(t.Service, id), t.Policy.Thresholds.MemoryRatio
			trial := rule.Trial{
				Fire:     c.memory(most * (1 + hair)),
				Near:     append(c.memory(most*(1-hair)), rule.Elsewhere(c.identity, c.labels)),
				Calm:     c.memory(most / 10),
				Idle:     c.memory(0),
				Value:    rule.Steady(most * (1 + hair)),
				Identity: c.identity,
				Labels:   c.labels,
				Memory:   10,
				Derived:  []string{telemetry.RecordedContainerMemoryRatio, telemetry.RecordedServiceMemoryRatio},
			}
			return trial.Held(c.memory, most, 0, wait(t), keep)
		},
	}
}

const (
	// ahead is how far memory is extrapolated.
	ahead = 12 * time.Hour
	// leak is how many times the memory of now a container must need then.
	leak = 1.5
	// grown is how old a container must be: in its first hour it fills its caches, and 3
	// hours are looked at.
	grown = 4 * time.Hour
	// leakFor is how long it must look like a leak.
	leakFor = 30 * time.Minute
)

func memoryLeakSuspected() rule.Alert {
	return rule.Alert{
		Name: "MemoryLeakSuspected", Severity: catalog.Ticket, Checklist: "PR-098",
		Applies:  hasContainers,
		Presence: telemetry.RecordedServiceMemory,
		Condition: rule.Always(fmt.Sprintf("%s > %s and deriv(%s[1h]) > 0 and %[3]s offset %s",
			telemetry.RecordedServiceMemoryGrowth, rule.Number(leak), telemetry.RecordedServiceMemory, rule.Short(grown))),
		Wait:    rule.Always(leakFor),
		Summary: inContainer + ` may leak memory: in 12 hours it would need {{ $value | printf "%.1f" }} times as much`,
		Description: rule.Always(fmt.Sprintf(`If the memory of container {{ $labels.`+telemetry.KubeContainer+` }} goes on growing as in the last 3 hours, it will need {{ $value | printf "%%.1f" }} times`+
			` as much in 12 hours, and it still grew in the last hour. `+inContainer+" is older than %s. The alert fires above %s times, for %s.",
			rule.Short(grown), rule.Number(leak), rule.Short(leakFor))),
		Guide: rule.Guide{
			Meaning: "The memory of a container grows steadily, and not because it has just started.",
			Impact:  "None yet. Some time the kernel kills the container, under load rather than at night.",
			Release: true,
			Look: []rule.Look{
				{Question: "What does the growth look like: a line, or stairs that end?", Query: telemetry.RecordedServiceMemory + "{$selector}"},
				{Question: "When is the limit reached?", Query: telemetry.RecordedServiceMemoryRatio + "{$selector}"},
				{Question: "Did it begin with a version?", Query: telemetry.RecordedNewestVersion + "{$selector}"},
				{Question: "Does traffic grow as well?", Query: `sum(rate(http_requests_total{$selector}[5m]))`},
			},
			Act: []string{
				"If it began with a release, roll back; compare heap profiles of both versions.",
				"If traffic grows as well, or a cache is filling up to a limit of its own, it is no leak.",
				"Until it is mended, restart one pod after the other before the limit is reached.",
			},
		},
		Trial: leakTrial,
	}
}

// leakTrial has a small container, so that the growth of a byte per second matters.
func leakTrial(t rule.Target, id map[string]string) rule.Trial {
	const (
		pace  = 10 * time.Minute
		first = int(grown / pace)
		start = 32 * 1024.0
	)
	var (
		c      = containerOf(t.Service, id)
		firing = time.Duration(first)*pace + leakFor
		// slope of a line that reaches so many times its value ahead of a time.
		slope = func(times float64, at time.Duration) float64 {
			return start * (times - 1) / (ahead - time.Duration(float64(at)*(times-1))).Seconds()
		}
		grows  = slope(leak*(1+hair), firing)
		almost = slope(leak*(1-hair), grown)
		value  = func(at time.Duration) float64 { return start + grows*at.Seconds() }
		bytes  = func(level, slope float64) []rule.Signal { return c.bytes(level, slope, 1<<30) }
	)
	return rule.Trial{
		Pace:     pace,
		Fire:     bytes(start, grows),
		Near:     bytes(start, almost),
		Calm:     bytes(start/10, 0), // it was started again
		Idle:     bytes(0, 0),
		First:    first,
		Value:    func(at time.Duration) float64 { return value(at+ahead) / value(at) },
		Identity: c.identity,
		Labels:   c.labels,
		Memory:   2,
		Derived:  []string{telemetry.RecordedServiceMemoryGrowth},
		More: []rule.Story{
			{
				Name: "stays silent when it has stopped growing",
				Phases: []rule.Phase{
					{Evaluations: 20, State: bytes(start, 4*grows)},
					{Evaluations: 10, State: bytes(start+4*grows*20*pace.Seconds(), 0)},
				},
				Expect: []rule.Expectation{{At: 28}, {At: 30}},
			},
			{
				Name: "stays silent about the growth of one hour",
				Phases: []rule.Phase{
					{Evaluations: 27, State: bytes(start, 0)},
					{Evaluations: 9, State: bytes(start, 1.4*grows)},
				},
				Expect: []rule.Expectation{{At: 33}, {At: 36}},
			},
		},
	}
}
