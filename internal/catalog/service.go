package catalog

import "time"

// Profile says which metrics tell of a service's requests.
type Profile string

// The profiles. Only the recording rules know them.
const (
	// ProfileReadygate: derived by the gateway from spans. The default.
	ProfileReadygate Profile = "readygate"
	// ProfileOTelHTTP: http_server_request_duration_seconds of the service's SDK.
	ProfileOTelHTTP Profile = "otel_http"
	// ProfileSpanMetrics: of the Collector's span_metrics connector.
	ProfileSpanMetrics Profile = "span_metrics"
	// ProfilePrometheus: the checklist's own http_requests_total{status} and
	// http_request_duration_seconds, exposed by the service itself.
	ProfilePrometheus Profile = "prometheus"
	// ProfileIstio: istio_requests_total of the mesh.
	ProfileIstio Profile = "istio"
)

// Source is where the series of a service come from.
type Source struct {
	// Profile is never empty.
	Profile Profile
	// Match are the labels that select the service's series in a profile other
	// than readygate; empty for the profile's usual ones, made from the identity.
	Match map[string]string
	// ScrapeJob is the scrape job whose up tells whether the service can be
	// reached; empty when it is not scraped.
	ScrapeJob string
}

// Workload is a workload of Kubernetes.
type Workload struct {
	// Namespace of Kubernetes, which need not be the service's.
	Namespace string
	// Kind is deployment, statefulset or daemonset.
	Kind string
	// Name of the workload; its pods are called Name-...
	Name string
	// Container that runs the service; empty for every container of the pods.
	Container string
}

// Link is a page about a service.
type Link struct{ Title, URL string }

// Endpoint is a URL that the service answers.
type Endpoint struct {
	Name, URL string
	// Public: reached from the Internet, so certificates and HTTPS are checked.
	Public bool
}

// Probe is a health endpoint.
type Probe struct {
	// Kind is live, ready or startup; one of each at most.
	Kind string
	URL  string
	// Interval and Timeout are the checklist's where the file gives none.
	Interval, Timeout time.Duration
}

// Dependency is a system that a service calls.
type Dependency struct {
	// Name is the peer, as the label of the derived metrics has it.
	Name string
	// Kind is one of telemetry.DependencyKinds; empty for any.
	Kind string
	// Critical: the service does not work without it.
	Critical bool
}

// Job is work that runs by a schedule or on demand.
type Job struct {
	// Name is the label job_name of the derived metrics.
	Name string
	// Schedule is a cron expression of five fields; empty where Every is given, or
	// where nothing is known.
	Schedule string
	// Every is the longest time between two starts, by the schedule or as given;
	// 0 for a job on demand, whose absence says nothing.
	Every time.Duration
}

// Queue is a queue that a service reads from.
type Queue struct {
	// Name of the queue.
	Name string
	// Depth is the gauge that tells how many messages wait; a metric of Prometheus.
	Depth string
	// Match are the labels that select the queue's series of Depth.
	Match map[string]string
	// MaxDepth is the number of waiting messages from which a queue that grows is a
	// backlog.
	MaxDepth float64
}

// Role is what a business metric means, which decides how it is judged.
type Role string

// The roles.
const (
	RoleOrders       Role = "orders"
	RoleSignups      Role = "signups"
	RoleRevenue      Role = "revenue"
	RoleActiveUsers  Role = "active_users"
	RoleFeatureUsage Role = "feature_usage"
	RoleVisits       Role = "visits"
	// RoleOther is judged as orders are.
	RoleOther Role = "other"
)

// BusinessMetric is a number that the business knows.
type BusinessMetric struct {
	// Name as the business connector's configuration has it: order_completions.
	Name string
	Role Role
	// Metric is the series in Prometheus: Name, with _total for counters and sums and
	// _count for histograms, unless the file names another.
	Metric string
	// Gauge: the series is a level, such as active users, and not a count.
	Gauge bool
	// Match are labels that select among the series.
	Match map[string]string
	// Drop is the share of the same time in former weeks below which there is too
	// little: 0.5 by default.
	Drop float64
	// Floor is how much there must have been to judge by: per hour of a counter, the
	// level itself of a gauge; 30 by default.
	Floor float64
	// Seasonality is weekly (the same hour one and two weeks ago; the default) or
	// daily (the same hour one and two days ago).
	Seasonality string
	// Derive is the entry of the business connector's configuration that derives the
	// metric, as the file has it; nil when something else derives it.
	Derive map[string]any
}

// Backup is a set of data and how it is kept safe.
type Backup struct {
	// Name of the data set.
	Name string
	// Success is where the time of the last good backup comes from.
	Success Evidence
	// RPO is how much may be lost, Every how often a backup is due.
	RPO, Every time.Duration
	// Retention is how long backups are kept; 0 when not declared.
	Retention Days
	// Oldest is a gauge with the Unix time of the oldest backup; empty when there is
	// none.
	Oldest Evidence
	// Region is where backups are kept; empty when not declared.
	Region string
	// Drill is where the time of the last good restore comes from, never Velero; none
	// when Evidence is the zero value. RTO is how long a restore may take.
	Drill Evidence
	// DrillEvery is how often a restore is to be tried.
	DrillEvery Days
	RTO        time.Duration
	// Line of the file, from 1.
	Line int
}

// CanKeepRPO reports whether backups are due at least as often as the RPO asks. Of one
// that is not, the age says nothing about whether something is wrong.
func (b Backup) CanKeepRPO() bool { return b.Every <= b.RPO }

// Evidence is a gauge that holds a Unix time. One of its forms is given; the zero
// value is none.
type Evidence struct {
	// Job is a job of this service whose last success is meant.
	Job string
	// CronJob is namespace/name of a CronJob of Kubernetes.
	CronJob string
	// Velero is the name of a schedule of Velero.
	Velero string
	// Metric is any other gauge, selected by Match.
	Metric string
	Match  map[string]string
}

// Secret is a credential that is rotated.
type Secret struct {
	// Name, never the value.
	Name string
	// Rotated is the day of the last rotation; or Metric is a gauge with its Unix
	// time, selected by Match.
	Rotated Date
	Metric  string
	Match   map[string]string
	// MaxAge is the oldest that it may become: at most 90 days.
	MaxAge Days
	// Line of the file, from 1.
	Line int
}

// Rollout is how a release reaches production.
type Rollout struct {
	// Strategy is canary, blue-green or rolling.
	Strategy string
	// Stages of a canary, ascending; the last is 100 %.
	Stages []Stage
	// RollbackCommand is what undoes a release; made from the workload where the
	// file gives none, else empty.
	RollbackCommand string
}

// Stage is a share of traffic, and how long it is watched before the next.
type Stage struct {
	// Percent of the traffic, above 0 and up to 100.
	Percent float64
	Watch   time.Duration
}

// Attestation is an owner's signed answer to a check.
type Attestation struct {
	Check    string // PR-001 to PR-106
	By       string
	On       Date
	Until    Date
	Evidence string // a URL; may be empty
	Line     int    // of the file, from 1
}

// Waiver is a check that need not pass for a while.
type Waiver struct {
	Check  string
	Reason string
	By     string
	Until  Date
	Line   int // of the file, from 1
}
