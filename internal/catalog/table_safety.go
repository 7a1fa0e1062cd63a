package catalog

import (
	"fmt"
	"slices"
	"time"
)

var backupForm = mapping("backup", []field[Backup]{
	at("name", "Name of the data set.", text("the name of a data set"), func(b *Backup) *string { return &b.Name }).must(),
	at("success", "Where the time of the last good backup comes from.", evidenceForm, func(b *Backup) *Evidence { return &b.Success }).must("job, cronjob, velero or metric"),
	at("rpo", "Time whose data may be lost. Default: `recovery.rpo`; no longer than the tier's.", span(time.Second, MaxRecovery), func(b *Backup) *time.Duration { return &b.RPO }),
	at("every", "How often a backup is due. Default: 24h. Without one that is as frequent as the RPO, RPOViolated is not made.", span(time.Second, 31*24*time.Hour), func(b *Backup) *time.Duration { return &b.Every }),
	at("retention", "How long backups are kept.", dayCount(1, 3650), func(b *Backup) *Days { return &b.Retention }),
	at("oldest", "Where the time of the oldest backup comes from; it is held against `retention`.", gaugeForm, func(b *Backup) *Evidence { return &b.Oldest }),
	at("region", "Where backups are kept.", text("a region such as eu-central-1"), func(b *Backup) *string { return &b.Region }),
	at("drill", "Where the time of the last good restore comes from.", drillForm, func(b *Backup) *Evidence { return &b.Drill }),
	at("drill_every", "How often a restore is tried. Default: 90d.", dayCount(1, 366), func(b *Backup) *Days { return &b.DrillEvery }),
	at("rto", "Time that a restore may take. Default: `recovery.rto`; no longer than the tier's.", span(time.Second, MaxRecovery), func(b *Backup) *time.Duration { return &b.RTO }),
}, only[Backup]("oldest", "retention"), only[Backup]("drill_every", "drill"), checked(func(_ *decoder, e entry, b *Backup) {
	b.Line = e.node.Line
	if !e.has("every") {
		b.Every = 24 * time.Hour
	}
	if !e.has("drill_every") {
		b.DrillEvery = 90
	}
}))

// evidenceForm is a gauge with a Unix time, in one of four forms.
var evidenceForm = mapping("evidence", slices.Concat(jobFields, []field[Evidence]{
	at("velero", "Schedule of Velero; of `success` only, because it tells of backups and not of restores.", kubernetesName("the name of a schedule"),
		func(e *Evidence) *string { return &e.Velero }),
}, gaugeFields), one[Evidence]("job", "cronjob", "velero", "metric"), only[Evidence]("match", "metric"))

// drillForm is evidence of restores.
var drillForm = mapping("drill", slices.Concat(jobFields, gaugeFields), one[Evidence]("job", "cronjob", "metric"), only[Evidence]("match", "metric"))

var jobFields = []field[Evidence]{
	at("job", "Job of this service whose last success is meant.", text("the name of a job of this service"), func(e *Evidence) *string { return &e.Job }),
	at("cronjob", "CronJob of Kubernetes, as namespace/name.",
		pattern("namespace/name of a CronJob", `^[a-z0-9]([-a-z0-9]*[a-z0-9])?/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$`), func(e *Evidence) *string { return &e.CronJob }),
}

// gaugeForm is evidence that no tool is known for.
var gaugeForm = mapping("gauge", []field[Evidence]{gaugeFields[0].must(), gaugeFields[1]})

var gaugeFields = []field[Evidence]{
	at("metric", "Gauge that holds a Unix time.", metricName(), func(e *Evidence) *string { return &e.Metric }),
	at("match", "Labels that select its series.", labelSet(), func(e *Evidence) *map[string]string { return &e.Match }),
}

var secretForm = mapping("secret", []field[Secret]{
	at("name", "Name of the secret, never its value.", text("the name of a secret"), func(s *Secret) *string { return &s.Name }).must(),
	at("rotated", "Day of the last rotation.", date(), func(s *Secret) *Date { return &s.Rotated }),
	at("metric", "Gauge with the Unix time of the last rotation.", metricName(), func(s *Secret) *string { return &s.Metric }),
	at("match", "Labels that select its series.", labelSet(), func(s *Secret) *map[string]string { return &s.Match }),
	at("max_age", "Oldest that it may become. Default: 90d.", dayCount(1, 90), func(s *Secret) *Days { return &s.MaxAge }),
}, one[Secret]("rotated", "metric"), only[Secret]("match", "metric"), checked(func(_ *decoder, e entry, s *Secret) {
	s.Line = e.node.Line
	if !e.has("max_age") {
		s.MaxAge = 90
	}
}))

// complete fills in what parts of a service take from its policy or from each
// other, and checks what they must agree on.
func (d *decoder) complete(e entry, s *Service) {
	if s.Metrics.Profile == "" {
		s.Metrics.Profile = ProfileReadygate
	}
	for i, at := range e.items("queues") {
		if !at.has("max_depth") {
			s.Queues[i].MaxDepth = s.Thresholds.QueueDepth
		}
	}
	jobs := names(s.Jobs, func(j Job) string { return j.Name })
	for i, at := range e.items("backups") {
		b := &s.Backups[i]
		if !at.has("rpo") {
			b.RPO = s.Recovery.RPO
		}
		if !at.has("rto") {
			b.RTO = s.Recovery.RTO
		}
		most := DefaultRecovery(s.Tier)
		d.ceiling(at, "rpo", b.RPO, most.RPO, s.Tier)
		d.ceiling(at, "rto", b.RTO, most.RTO, s.Tier)
		d.jobOf(at.at("success"), b.Success.Job, jobs)
		d.jobOf(at.at("drill"), b.Drill.Job, jobs)
	}
	d.distinct(e.items("backups"), "success", "the evidence", "evidence", func(i int) string { return fmt.Sprintf("%q", s.Backups[i].Success) })
	d.distinct(e.items("business"), "metric", "the series", "series", func(i int) string { return fmt.Sprintf("%q %q", s.Business[i].Metric, s.Business[i].Match) })
	if r := s.Rollout; r != nil && r.RollbackCommand == "" && s.Workload != nil {
		r.RollbackCommand = fmt.Sprintf("kubectl --namespace %s rollout undo %s/%s", s.Workload.Namespace, s.Workload.Kind, s.Workload.Name)
	}
}

// distinct reports items of a list that say the same under a key as one before: two
// alerts would tell of one thing. An item that has no name, or that of another, is not
// compared.
func (d *decoder) distinct(items []entry, key, got, of string, says func(i int) string) {
	first := make(map[string]entry, len(items))
	for i, at := range items {
		what := says(i)
		switch before, again := first[what]; {
		case d.told[at.path] || d.told[join(at.path, "name")] || d.told[join(at.path, key)]:
		case again:
			at.wrong(d, key, got+" again", fmt.Sprintf("%s of its own (%s on line %d has it)", of, before.path, before.node.Line))
		default:
			first[what] = at
		}
	}
}

// jobOf reports evidence of a job that the service does not have.
func (d *decoder) jobOf(e entry, job string, jobs []string) {
	if n := e.value("job"); n != nil && job != "" && !slices.Contains(jobs, job) {
		allowed := "a job of this service: " + list(jobs)
		if len(jobs) == 0 {
			allowed = "a job of this service, which has none"
		}
		d.notOneOf(n, join(e.path, "job"), jobs, allowed)
	}
}
