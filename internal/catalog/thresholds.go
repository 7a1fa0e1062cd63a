package catalog

import (
	"math"
	"time"

	"github.com/readygate/readygate/internal/telemetry"
)

// Thresholds are the numbers that alerts, their unit tests, runbooks and the lines
// on dashboards are made from. [ThresholdKeys] says of each what it means, where
// it comes from and what is allowed. It is comparable.
type Thresholds struct {
	// Requests.
	ErrorRatio      float64
	ErrorFor        time.Duration
	LatencyP95      time.Duration
	LatencyFor      time.Duration
	MinRequestRate  float64
	DropRatio       float64
	DropMinRate     float64
	DropFor         time.Duration
	DependencyRatio float64
	DependencyFor   time.Duration

	// Being there.
	DownFor     time.Duration
	AbsentAfter time.Duration

	// Work in the background.
	QueueDepth    float64
	QueueFor      time.Duration
	JobRatio      float64
	JobMinRuns    float64
	JobFor        time.Duration
	JobLateFactor float64

	// Saturation.
	CPURatio        float64
	CPUFor          time.Duration
	MemoryRatio     float64
	MemoryFor       time.Duration
	Restarts        float64
	FDRatio         float64
	FDFor           time.Duration
	PoolRatio       float64
	PoolFor         time.Duration
	PoolInstability float64

	// Machines.
	DiskIORatio  float64
	DiskFree     float64
	NetworkRatio float64

	// Releases.
	CanaryMinRequests float64
	CanaryZ           float64
	CanaryDelta       float64
	CanarySlowdown    float64
	ReleaseErrorRatio float64
	ReleaseWatch      time.Duration

	// Certificates.
	CertificateDays float64
}

// DefaultThresholds are the checklist's where it has a number, else those of
// [ThresholdKeys].
func DefaultThresholds() Thresholds {
	return Thresholds{
		ErrorRatio: 0.05, ErrorFor: 5 * time.Minute,
		LatencyP95: time.Second, LatencyFor: 10 * time.Minute,
		MinRequestRate: 0.2,
		DropRatio:      0.3, DropMinRate: 1, DropFor: 10 * time.Minute,
		DependencyRatio: 0.5, DependencyFor: 5 * time.Minute,

		DownFor: 2 * time.Minute, AbsentAfter: 2 * time.Minute,

		QueueDepth: 100, QueueFor: 10 * time.Minute,
		JobRatio: 0.1, JobMinRuns: 5, JobFor: 10 * time.Minute, JobLateFactor: 2,

		CPURatio: 0.9, CPUFor: 15 * time.Minute,
		MemoryRatio: 0.9, MemoryFor: 10 * time.Minute,
		Restarts: 3,
		FDRatio:  0.8, FDFor: 10 * time.Minute,
		PoolRatio: 0.9, PoolFor: 5 * time.Minute, PoolInstability: 0.5,

		DiskIORatio: 0.9, DiskFree: 0.2, NetworkRatio: 0.01,

		CanaryMinRequests: 200, CanaryZ: 3, CanaryDelta: 0.005, CanarySlowdown: 1.2,
		ReleaseErrorRatio: 0.01, ReleaseWatch: 2 * time.Hour,

		CertificateDays: 14,
	}
}

// Limits of thresholds.
const (
	// MaxFor is the longest time that an alert may wait; what may last a day is
	// not an alert.
	MaxFor = 24 * time.Hour
	// MaxSilence is how long a service may be down, or silent, before that is told. Two
	// of it are an hour: for longer nothing remembers that there was traffic, and who is
	// renamed would be taken for one that fell silent.
	MaxSilence = 30 * time.Minute
	// MinErrorRatio is one request in ten thousand. Less drowns in what rates
	// guess between two samples, and its unit tests cannot tell it from nothing.
	MinErrorRatio = 0.0001
	// MaxErrorRatio is the largest that texts do not round to 100 %, above which
	// nothing can be.
	MaxErrorRatio = 0.9999
	// MinGuard is 3 requests in 5 minutes. Below, a rate over 5 minutes is made
	// of single requests.
	MinGuard = 0.01
	// MaxGuard catches a rate that was meant per minute or per hour.
	MaxGuard = 1000
)

// ThresholdKey is one number of [Thresholds] in the services file.
type ThresholdKey struct {
	// Key below thresholds.
	Key string
	// Meaning is a sentence; Source is the line of the checklist that it comes from,
	// or why it is what it is.
	Meaning, Source string
	// Of is a pointer to the number: *float64 or *time.Duration.
	Of func(*Thresholds) any
	// Min and Max are the allowed range of a number.
	Min, Max float64
	// Bounds are the allowed values of a duration; none for whole seconds from Least
	// to Most.
	Bounds      []time.Duration
	Least, Most time.Duration
}

// ThresholdKeys lists every threshold, in the order of the reference.
func ThresholdKeys() []ThresholdKey {
	const (
		spelled  = `checklist section 5, "Alerting Rules"`
		metrics  = `checklist section 2, "Key Metrics to Track"`
		judgment = "not in the checklist"
		canaries = `checklist section 4, "Canary Deployment"`
	)
	number := func(key, meaning, source string, min, max float64, of func(*Thresholds) *float64) ThresholdKey {
		return ThresholdKey{Key: key, Meaning: meaning, Source: source, Min: min, Max: max, Of: func(t *Thresholds) any { return of(t) }}
	}
	wait := func(key, meaning, source string, of func(*Thresholds) *time.Duration) ThresholdKey {
		return ThresholdKey{Key: key, Meaning: meaning, Source: source, Most: MaxFor, Of: func(t *Thresholds) any { return of(t) }}
	}
	silence := func(key, meaning, source string, of func(*Thresholds) *time.Duration) ThresholdKey {
		k := wait(key, meaning, source, of)
		k.Most = MaxSilence
		return k
	}
	ratio := func(key, meaning, source string, of func(*Thresholds) *float64) ThresholdKey {
		return number(key, meaning, source, MinErrorRatio, MaxErrorRatio, of)
	}
	latency := wait("latency_p95", "The 95th percentile of the request duration above which a service is slow.", spelled+": p95 above 1 s",
		func(t *Thresholds) *time.Duration { return &t.LatencyP95 })
	latency.Bounds = LatencyBounds()
	release := wait("release_watch", "How long after a release it is judged as one.", canaries+": monitor for 2 hours",
		func(t *Thresholds) *time.Duration { return &t.ReleaseWatch })
	release.Least = 20 * time.Minute // a version seen first is a release a quarter of an hour later, and waits then
	return []ThresholdKey{
		ratio("error_ratio", "The share of failed requests above which a service is in error.", spelled+": above 5 %",
			func(t *Thresholds) *float64 { return &t.ErrorRatio }),
		wait("error_for", "How long the error ratio must stay above its threshold.", spelled+": for 5m",
			func(t *Thresholds) *time.Duration { return &t.ErrorFor }),
		latency,
		wait("latency_for", "How long the service must stay slow.", spelled+": for 10m",
			func(t *Thresholds) *time.Duration { return &t.LatencyFor }),
		number("min_request_rate", "Requests per second below which ratios and percentiles say too little to page someone.",
			judgment+": 0.2/s is 60 requests in the 5 minutes of a rate, so that one failed request is 1.7 % and no alert", MinGuard, MaxGuard,
			func(t *Thresholds) *float64 { return &t.MinRequestRate }),
		ratio("request_drop_ratio", "The share of the traffic of the same time a day and a week ago below which requests are missing.", metrics+": request rate",
			func(t *Thresholds) *float64 { return &t.DropRatio }),
		number("request_drop_min_rate", "Requests per second that there must have been before for their absence to be told.", judgment, MinGuard, 1e6,
			func(t *Thresholds) *float64 { return &t.DropMinRate }),
		wait("request_drop_for", "How long requests must be missing.", judgment,
			func(t *Thresholds) *time.Duration { return &t.DropFor }),
		ratio("dependency_error_ratio", "The share of failed requests to a dependency above which it is in error.", `checklist section 5, "Health checks validate all critical dependencies"`,
			func(t *Thresholds) *float64 { return &t.DependencyRatio }),
		wait("dependency_for", "How long a dependency must be in error.", judgment,
			func(t *Thresholds) *time.Duration { return &t.DependencyFor }),

		silence("down_for", "How long a service must be down.", spelled+": for 2m",
			func(t *Thresholds) *time.Duration { return &t.DownFor }),
		silence("absent_after", "How long a service that sends telemetry may send nothing before it counts as absent.", judgment,
			func(t *Thresholds) *time.Duration { return &t.AbsentAfter }),

		number("queue_depth", "Waiting messages from which a queue that grows is a backlog.", metrics+": queue depth", 1, 1e9,
			func(t *Thresholds) *float64 { return &t.QueueDepth }),
		wait("queue_for", "How long a queue must grow.", judgment,
			func(t *Thresholds) *time.Duration { return &t.QueueFor }),
		ratio("job_failure_ratio", "The share of failed runs above which a job is in error.", metrics+": background job success/failure rate",
			func(t *Thresholds) *float64 { return &t.JobRatio }),
		number("job_min_runs", "Runs in 15 minutes below which their share says too little.", judgment, 1, 1e6,
			func(t *Thresholds) *float64 { return &t.JobMinRuns }),
		wait("job_for", "How long a job must be in error.", judgment,
			func(t *Thresholds) *time.Duration { return &t.JobFor }),
		number("job_late_factor", "How many times its interval a job may be without success.", `checklist, "All background jobs running"`, 1, 100,
			func(t *Thresholds) *float64 { return &t.JobLateFactor }),

		ratio("cpu_ratio", "The share of its CPU limit above which a container is busy.", metrics+": CPU utilization",
			func(t *Thresholds) *float64 { return &t.CPURatio }),
		wait("cpu_for", "How long a container must be busy.", judgment,
			func(t *Thresholds) *time.Duration { return &t.CPUFor }),
		ratio("memory_ratio", "The share of its memory limit above which a container is full.", metrics+": memory usage",
			func(t *Thresholds) *float64 { return &t.MemoryRatio }),
		wait("memory_for", "How long a container must be full.", judgment,
			func(t *Thresholds) *time.Duration { return &t.MemoryFor }),
		number("restarts", "Restarts in an hour above which a container restarts too often.", metrics+": memory usage", 0, 1000,
			func(t *Thresholds) *float64 { return &t.Restarts }),
		ratio("fd_ratio", "The share of its limit of open files above which a process runs out of them.", metrics+": open file descriptors",
			func(t *Thresholds) *float64 { return &t.FDRatio }),
		wait("fd_for", "How long open files must be above their share.", judgment,
			func(t *Thresholds) *time.Duration { return &t.FDFor }),
		ratio("pool_ratio", "The share of its size above which a pool of database connections is full.", `checklist, "Connection pooling configured"`,
			func(t *Thresholds) *float64 { return &t.PoolRatio }),
		wait("pool_for", "How long a pool must be full.", judgment,
			func(t *Thresholds) *time.Duration { return &t.PoolFor }),
		number("pool_instability", "The standard deviation of used connections, in their mean, above which they are not stable after a release.", `checklist, "Database connections stable"`, 0.01, 1,
			func(t *Thresholds) *float64 { return &t.PoolInstability }),

		ratio("disk_io_ratio", "The share of time that a disk works above which it is busy.", metrics+": disk I/O",
			func(t *Thresholds) *float64 { return &t.DiskIORatio }),
		ratio("disk_free_ratio", "The share of a file system that must be free for its growth not to matter.", metrics+": disk I/O",
			func(t *Thresholds) *float64 { return &t.DiskFree }),
		ratio("network_error_ratio", "The share of packets with errors, or dropped, above which a network fails.", metrics+": network I/O",
			func(t *Thresholds) *float64 { return &t.NetworkRatio }),

		number("canary_min_requests", "Requests in 15 minutes below which a canary cannot be judged.", canaries, 10, 1e9,
			func(t *Thresholds) *float64 { return &t.CanaryMinRequests }),
		number("canary_z", "Standard deviations between canary and stable above which a difference is none of chance.", judgment+": 3 is one in 740", 1, 10,
			func(t *Thresholds) *float64 { return &t.CanaryZ }),
		ratio("canary_error_delta", "The difference of error ratios, canary less stable, below which it does not matter.", judgment,
			func(t *Thresholds) *float64 { return &t.CanaryDelta }),
		number("canary_slowdown", "How many times slower than stable a canary may be, by p95.", judgment, 1.01, 100,
			func(t *Thresholds) *float64 { return &t.CanarySlowdown }),
		ratio("release_error_ratio", "The share of failed requests above which a release is in error.", `checklist, "Error rate normal (<1%)"`,
			func(t *Thresholds) *float64 { return &t.ReleaseErrorRatio }),
		release,

		number("certificate_days", "Days before its end from which a certificate is told of.", `checklist, "SSL/TLS certificates installed"`, 1, 365,
			func(t *Thresholds) *float64 { return &t.CertificateDays }),
	}
}

// LatencyBounds are the allowed latency thresholds, ascending: the boundaries
// of the duration histogram, because between two boundaries a percentile is a
// guess. The last boundary is not among them: a percentile of an explicit
// histogram never reads above it, so an alert on it could not fire.
func LatencyBounds() []time.Duration {
	bounds := telemetry.DurationBounds()
	allowed := make([]time.Duration, len(bounds)-1)
	for i := range allowed {
		// Rounded: 0.075 * 1e9 need not be a whole number.
		allowed[i] = time.Duration(math.Round(bounds[i] * float64(time.Second)))
	}
	return allowed
}
