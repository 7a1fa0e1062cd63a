package telemetry

// Metrics of others that tell whether data is safe.
var (
	// CronJobLastSuccess is of kube-state-metrics; absent until the first run succeeded.
	CronJobLastSuccess = Metric{
		Name: "kube_cronjob_status_last_successful_time", Kind: Gauge, Unit: "s",
		Help:   "When the last successful run of a CronJob ended, as Unix time.",
		Labels: []string{KubeNamespace, KubeCronJob, Job, Instance},
	}
	// KubeJobStart, KubeJobCompletion and KubeJobOwner are of kube-state-metrics, for
	// as long as Kubernetes keeps the Job: the last three of a CronJob that succeeded,
	// by default.
	KubeJobStart = Metric{
		Name: "kube_job_status_start_time", Kind: Gauge, Unit: "s",
		Help:   "When a Job was started, as Unix time.",
		Labels: []string{KubeNamespace, JobName, Job, Instance},
	}
	KubeJobCompletion = Metric{
		Name: "kube_job_status_completion_time", Kind: Gauge, Unit: "s",
		Help:   "When a Job succeeded, as Unix time; absent for one that did not.",
		Labels: []string{KubeNamespace, JobName, Job, Instance},
	}
	KubeJobOwner = Metric{
		Name: "kube_job_owner", Kind: Gauge, Unit: "1",
		Help:   "Always 1; what made a Job.",
		Labels: []string{KubeNamespace, JobName, KubeOwnerKind, KubeOwnerName, Job, Instance},
	}
	// VeleroLastSuccess is of Velero's server.
	VeleroLastSuccess = Metric{
		Name: "velero_backup_last_successful_timestamp", Kind: Gauge, Unit: "s",
		Help:   "When the last successful backup of a schedule ended, as Unix time.",
		Labels: []string{VeleroSchedule, Job, Instance},
	}
	// ProbeCertificateExpiry is of the blackbox exporter. Instance is the URL, by the
	// relabelling that its documentation asks for.
	ProbeCertificateExpiry = Metric{
		Name: "probe_ssl_earliest_cert_expiry", Kind: Gauge, Unit: "s",
		Help:   "When the first certificate of the chain that a server shows ends, as Unix time.",
		Labels: []string{Job, Instance},
	}
)

// Labels of these metrics. JobName is also what kube-state-metrics calls a Job.
const (
	KubeNamespace  = "namespace"
	KubeCronJob    = "cronjob"
	KubeOwnerKind  = "owner_kind"
	KubeOwnerName  = "owner_name"
	VeleroSchedule = "schedule"
)
