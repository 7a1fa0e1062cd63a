package catalog

import (
	"time"

	"github.com/readygate/readygate/internal/telemetry"
)

var serviceForm = mapping("service", append(append([]field[Service]{
	at("name", "Name of the service, as its telemetry has it.", serviceName(), func(s *Service) *string { return &s.Name }).must(),
	at("namespace", "Namespace of the service. Default: any, or none.", text("the service.namespace of the telemetry; leave the key out for any"), func(s *Service) *string { return &s.Namespace }),
	at("environments", "Environments that the entry speaks for. Default: every one.",
		listOf("a list such as [production, staging]", text("a deployment.environment.name of the telemetry"), func(name string) string { return name }),
		func(s *Service) *[]string { return &s.Environments }),
}, lift(func(s *Service) *Policy { return &s.Policy }, tieredFields)...), []field[Service]{
	at("metrics", "Where the series of requests come from. Default: the gateway derives them from spans.", sourceForm, func(s *Service) *Source { return &s.Metrics }),
	at("workload", "What runs the service in Kubernetes.", pointer(workloadForm), func(s *Service) **Workload { return &s.Workload }),
	at("links", "Pages about the service, for runbooks and dashboards.", listOf("a list of links", linkForm, func(l Link) string { return l.Title }), func(s *Service) *[]Link { return &s.Links }),
	at("endpoints", "URLs that the service answers.", listOf("a list of endpoints", endpointForm, func(e Endpoint) string { return e.Name }), func(s *Service) *[]Endpoint { return &s.Endpoints }),
	at("probes", "URLs that tell the health of the service, one of each kind.", listOf("a list of probes", probeForm, func(p Probe) string { return p.Kind }), func(s *Service) *[]Probe { return &s.Probes }),
	at("dependencies", "Systems that the service calls.", listOf("a list of dependencies", dependencyForm, func(x Dependency) string { return spaced(x.Kind, x.Name) }), func(s *Service) *[]Dependency { return &s.Dependencies }),
	at("jobs", "Work by a schedule, or on demand.", listOf("a list of jobs", jobForm, func(j Job) string { return j.Name }), func(s *Service) *[]Job { return &s.Jobs }),
	at("queues", "Queues that the service reads from.", listOf("a list of queues", queueForm, func(q Queue) string { return q.Name }), func(s *Service) *[]Queue { return &s.Queues }),
	at("business", "Numbers that the business knows.", listOf("a list of business metrics", businessForm, func(b BusinessMetric) string { return b.Name }), func(s *Service) *[]BusinessMetric { return &s.Business }),
	at("backups", "Sets of data, and how they are kept safe.", listOf("a list of backups", backupForm, func(b Backup) string { return b.Name }), func(s *Service) *[]Backup { return &s.Backups }),
	at("secrets", "Credentials that are rotated. Never their values.", listOf("a list of secrets", secretForm, func(x Secret) string { return x.Name }), func(s *Service) *[]Secret { return &s.Secrets }),
	at("rollout", "How releases reach production.", pointer(rolloutForm), func(s *Service) **Rollout { return &s.Rollout }),
	at("deployment_window", "When releases are allowed. Default: any time.", pointer(windowForm), func(s *Service) **Window { return &s.Window }),
	at("log_retention", "How long logs are kept.", dayCount(30, 90), func(s *Service) *Days { return &s.LogRetention }),
	at("attestations", "Signed answers to checks, with an end.", listOf("a list of attestations", attestationForm, func(a Attestation) string { return a.Check }), func(s *Service) *[]Attestation { return &s.Attestations }),
	at("waivers", "Checks that need not pass for a while.", listOf("a list of waivers", waiverForm, func(w Waiver) string { return w.Check }), func(s *Service) *[]Waiver { return &s.Waivers }),
}...))

// spaced puts words beside each other.
func spaced(first, second string) string {
	if first == "" {
		return second
	}
	return first + " " + second
}

// pointer is the form where what is not given is nil.
func pointer[T any](f form[T]) form[*T] {
	return form[*T]{
		allowed: f.allowed, schema: f.schema, rows: f.rows,
		read: func(d *decoder, n *node, path string, to **T) {
			*to = new(T)
			f.read(d, n, path, *to)
		},
	}
}

var sourceForm = mapping("metrics", []field[Source]{
	at("profile", "Which metrics tell of requests. Default: readygate.",
		word(ProfileReadygate, ProfileOTelHTTP, ProfileSpanMetrics, ProfilePrometheus, ProfileIstio), func(s *Source) *Profile { return &s.Profile }),
	at("match", "Labels that select the series of the service, of a profile other than readygate. Default: made from its name.", labelSet(), func(s *Source) *map[string]string { return &s.Match }),
	at("scrape_job", "Scrape job whose `up` tells whether the service can be reached.", text("the name of a scrape job"), func(s *Source) *string { return &s.ScrapeJob }),
}, checked(func(d *decoder, e entry, s *Source) {
	if e.has("match") && (s.Profile == "" || s.Profile == ProfileReadygate) {
		e.wrong(d, "match", "labels for the profile readygate", "match only with another profile; the gateway's own series are selected by service, namespace and environment")
	}
}))

var workloadForm = mapping("workload", []field[Workload]{
	at("namespace", "Namespace of Kubernetes.", kubernetesName("a namespace"), func(w *Workload) *string { return &w.Namespace }).must(),
	at("kind", "Default: deployment.", word("deployment", "statefulset", "daemonset"), func(w *Workload) *string { return &w.Kind }),
	at("name", "Name of the workload.", kubernetesName("the name of a workload"), func(w *Workload) *string { return &w.Name }).must(),
	at("container", "Container that runs the service. Default: every container of its pods.", kubernetesName("the name of a container"), func(w *Workload) *string { return &w.Container }),
}, checked(func(_ *decoder, _ entry, w *Workload) {
	if w.Kind == "" {
		w.Kind = "deployment"
	}
}))

var linkForm = mapping("link", []field[Link]{
	at("title", "What the page is.", text("a title"), func(l *Link) *string { return &l.Title }).must(),
	at("url", "Where it is.", page(), func(l *Link) *string { return &l.URL }).must(),
})

var endpointForm = mapping("endpoint", []field[Endpoint]{
	at("name", "Name of the endpoint.", text("the name of an endpoint"), func(e *Endpoint) *string { return &e.Name }).must(),
	at("url", "Where it is.", page(), func(e *Endpoint) *string { return &e.URL }).must(),
	at("public", "Reached from the Internet: certificate and HTTPS are checked. Default: false.", flag(), func(e *Endpoint) *bool { return &e.Public }),
})

// The checklist's periods and timeouts of probes (section 5).
var probeTimes = map[string]Probe{
	"live":    {Interval: 10 * time.Second, Timeout: 5 * time.Second},
	"ready":   {Interval: 5 * time.Second, Timeout: 3 * time.Second},
	"startup": {Interval: 10 * time.Second, Timeout: 3 * time.Second},
}

var probeForm = mapping("probe", []field[Probe]{
	at("kind", "What the probe tells.", word("live", "ready", "startup"), func(p *Probe) *string { return &p.Kind }).must(),
	at("url", "Where it asks.", page(), func(p *Probe) *string { return &p.URL }).must(),
	at("interval", "Time between two probes. Default: 10s; for ready 5s.", span(time.Second, time.Hour), func(p *Probe) *time.Duration { return &p.Interval }),
	at("timeout", "Time to answer, no longer than the interval. Default: 5s for live, 3s for ready and startup.", span(time.Second, time.Hour), func(p *Probe) *time.Duration { return &p.Timeout }),
}, checked(func(d *decoder, e entry, p *Probe) {
	usual := probeTimes[p.Kind]
	if !e.has("interval") {
		p.Interval = usual.Interval
	}
	if !e.has("timeout") {
		p.Timeout = min(usual.Timeout, p.Interval)
	}
	if p.Timeout > p.Interval && p.Interval > 0 {
		e.wrong(d, "timeout", short(p.Timeout), "at most the interval, "+short(p.Interval))
	}
}))

var dependencyForm = mapping("dependency", []field[Dependency]{
	at("name", "Peer, as the metrics of dependencies have it.", text("the name of a peer"), func(x *Dependency) *string { return &x.Name }).must(),
	at("kind", "Default: any.", word(telemetry.DependencyKinds()...), func(x *Dependency) *string { return &x.Kind }),
	at("critical", "The service does not work without it. Default: false.", flag(), func(x *Dependency) *bool { return &x.Critical }),
})

var jobForm = mapping("job", []field[Job]{
	at("name", "Name of the job, as its metrics have it.", text("the job_name of the metrics"), func(j *Job) *string { return &j.Name }).must(),
	at("schedule", "When it runs.", schedule(), func(j *Job) *string { return &j.Schedule }),
	at("every", "How often it runs. Without either, it runs on demand, and its absence says nothing.", span(time.Minute, 400*24*time.Hour), func(j *Job) *time.Duration { return &j.Every }),
}, atMostOne[Job]("schedule", "every"), checked(func(d *decoder, e entry, j *Job) { d.interval(e, j) }))

var queueForm = mapping("queue", []field[Queue]{
	at("name", "Name of the queue.", text("the name of a queue"), func(q *Queue) *string { return &q.Name }).must(),
	at("depth", "Gauge that tells how many messages wait.", metricName(), func(q *Queue) *string { return &q.Depth }).must(),
	at("match", "Labels that select the series of the queue.", labelSet(), func(q *Queue) *map[string]string { return &q.Match }),
	at("max_depth", "Waiting messages from which a queue that grows is a backlog. Default: `thresholds.queue_depth`.",
		number("a number from 1 to 1000000000", 1, 1e9), func(q *Queue) *float64 { return &q.MaxDepth }),
})
