package explain

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
)

// Traffic and sizes of the examples.
const (
	requests = 100.0 // per second
	month    = 30 * 24 * time.Hour
)

// arithmetic says in words what numbers amount to, by their keys. Those that are
// times to wait are part of the sentences of what is waited for.
var arithmetic = map[string]func(catalog.Policy) string{
	"thresholds.error_ratio": func(p catalog.Policy) string {
		t := p.Thresholds
		return fmt.Sprintf("%s of the requests of 5 minutes, for %s: with 100 requests per second that is %s failed requests",
			rule.Percent(t.ErrorRatio), rule.Short(t.ErrorFor), count(requests*t.ErrorRatio*t.ErrorFor.Seconds()))
	},
	"thresholds.latency_p95": func(p catalog.Policy) string {
		t := p.Thresholds
		return fmt.Sprintf("One request in 20 slower than %s, for %s: with 100 requests per second that is %s slow requests",
			rule.Short(t.LatencyP95), rule.Short(t.LatencyFor), count(requests/20*t.LatencyFor.Seconds()))
	},
	"thresholds.min_request_rate": func(p catalog.Policy) string {
		rate := p.Thresholds.MinRequestRate
		return fmt.Sprintf("%s requests per second are %s in 5 minutes, %s a day", rule.Number(rate), count(300*rate), count(86400*rate))
	},
	"thresholds.request_drop_ratio": func(p catalog.Policy) string {
		t := p.Thresholds
		return fmt.Sprintf("Where there were 100 requests per second at this time, fewer than %s now, for %s", count(requests*t.DropRatio), rule.Short(t.DropFor))
	},
	"thresholds.request_drop_min_rate": func(p catalog.Policy) string {
		return fmt.Sprintf("%s requests per second are %s an hour", rule.Number(p.Thresholds.DropMinRate), count(3600*p.Thresholds.DropMinRate))
	},
	"thresholds.dependency_error_ratio": func(p catalog.Policy) string {
		t := p.Thresholds
		return fmt.Sprintf("%s of the requests to it, for %s: with 100 per second that is %s failed requests",
			rule.Percent(t.DependencyRatio), rule.Short(t.DependencyFor), count(requests*t.DependencyRatio*t.DependencyFor.Seconds()))
	},
	"thresholds.down_for": func(p catalog.Policy) string {
		down := p.Thresholds.DownFor
		return fmt.Sprintf("%s is %s of all that an availability of %s allows in 30 days", rule.Short(down), share(down.Seconds(), budget(p).Seconds()), rule.Percent(p.SLO.Availability))
	},
	"thresholds.queue_depth": func(p catalog.Policy) string {
		return fmt.Sprintf("%s waiting messages, and more of them, for %s", count(p.Thresholds.QueueDepth), rule.Short(p.Thresholds.QueueFor))
	},
	"thresholds.job_failure_ratio": func(p catalog.Policy) string {
		t := p.Thresholds
		return fmt.Sprintf("Of %s runs in 15 minutes, %s that failed; for %s", count(t.JobMinRuns), count(math.Floor(t.JobRatio*t.JobMinRuns)+1), rule.Short(t.JobFor))
	},
	"thresholds.job_late_factor": func(p catalog.Policy) string {
		return fmt.Sprintf("A job that runs every hour is late after %s without success", about(time.Duration(p.Thresholds.JobLateFactor*float64(time.Hour))))
	},
	"thresholds.cpu_ratio": func(p catalog.Policy) string {
		return fmt.Sprintf("Of a limit of 2 CPUs, %s, for %s", rule.Number(2*p.Thresholds.CPURatio), rule.Short(p.Thresholds.CPUFor))
	},
	"thresholds.memory_ratio": func(p catalog.Policy) string {
		return fmt.Sprintf("Of a limit of 1024 MiB, %s MiB, for %s", count(1024*p.Thresholds.MemoryRatio), rule.Short(p.Thresholds.MemoryFor))
	},
	"thresholds.restarts": func(p catalog.Policy) string {
		return fmt.Sprintf("It takes %s restarts within an hour", count(math.Floor(p.Thresholds.Restarts)+1))
	},
	"thresholds.fd_ratio": func(p catalog.Policy) string {
		return fmt.Sprintf("Of a limit of 1024 open files, %s, for %s", count(1024*p.Thresholds.FDRatio), rule.Short(p.Thresholds.FDFor))
	},
	"thresholds.pool_ratio": func(p catalog.Policy) string {
		return fmt.Sprintf("Of a pool of 20 connections, %s, for %s", rule.Number(20*p.Thresholds.PoolRatio), rule.Short(p.Thresholds.PoolFor))
	},
	"thresholds.pool_instability": func(p catalog.Policy) string {
		return "With 20 connections in use in the mean, a standard deviation of " + rule.Number(20*p.Thresholds.PoolInstability)
	},
	"thresholds.disk_io_ratio": func(p catalog.Policy) string {
		return fmt.Sprintf("The disk works for %s seconds of every minute", rule.Number(60*p.Thresholds.DiskIORatio))
	},
	"thresholds.disk_free_ratio": func(p catalog.Policy) string {
		return fmt.Sprintf("Of 100 GiB, %s GiB free", rule.Number(100*p.Thresholds.DiskFree))
	},
	"thresholds.network_error_ratio": func(p catalog.Policy) string {
		return "Of 10000 packets, " + count(10000*p.Thresholds.NetworkRatio)
	},
	"thresholds.canary_min_requests": func(p catalog.Policy) string {
		return "With 5 % of 100 requests per second, a canary has them after " +
			about(time.Duration(p.Thresholds.CanaryMinRequests/(0.05*requests)*float64(time.Second)))
	},
	"thresholds.canary_z": func(p catalog.Policy) string {
		return fmt.Sprintf("A difference as large as that is chance once in %s times", count(1/(0.5*math.Erfc(p.Thresholds.CanaryZ/math.Sqrt2))))
	},
	"thresholds.canary_error_delta": func(p catalog.Policy) string {
		return "Where stable fails 1 % of its requests, a canary that fails more than " + rule.Percent(0.01+p.Thresholds.CanaryDelta)
	},
	"thresholds.canary_slowdown": func(p catalog.Policy) string {
		return "Where the p95 of stable is 500ms, a canary with one above " + about(time.Duration(p.Thresholds.CanarySlowdown*float64(500*time.Millisecond)))
	},
	"thresholds.release_error_ratio": func(p catalog.Policy) string {
		return fmt.Sprintf("With 100 requests per second, more than %s failed requests a minute, within %s of the release",
			count(60*requests*p.Thresholds.ReleaseErrorRatio), rule.Short(p.Thresholds.ReleaseWatch))
	},
	"slo.availability": func(p catalog.Policy) string {
		return fmt.Sprintf("That allows %s of 30 days in which everything fails, or one failed request in %s", about(budget(p)), count(1/(1-p.SLO.Availability)))
	},
	"slo.latency_ratio": func(p catalog.Policy) string {
		return fmt.Sprintf("Of 1000 requests, %s may be slower than %s", count(1000*(1-p.SLO.LatencyRatio)), rule.Short(p.SLO.Latency))
	},
	"recovery.rpo": func(p catalog.Policy) string {
		return fmt.Sprintf("With 10 records per second, %s records may be lost", count(10*p.Recovery.RPO.Seconds()))
	},
}

// budget is how long everything may fail in 30 days.
func budget(p catalog.Policy) time.Duration {
	return time.Duration((1 - p.SLO.Availability) * float64(month))
}

// count writes a number of things, of which there are no parts.
func count(v float64) string { return strconv.FormatFloat(math.Round(v), 'f', -1, 64) }

func share(part, whole float64) string {
	return strconv.FormatFloat(math.Round(1000*part/whole)/10, 'f', -1, 64) + " %"
}

// about writes a duration as people do, to the second.
func about(d time.Duration) string {
	if d >= time.Minute {
		d = d.Round(time.Second)
	}
	return rule.Short(d.Round(time.Millisecond))
}
