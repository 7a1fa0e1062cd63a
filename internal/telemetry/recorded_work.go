package telemetry

// Queue is the name of a declared queue.
const Queue = "queue"

// RecordedQueueDepth is how many messages wait in a declared queue: the most that one
// target tells, whose series, such as one for each partition, are added up. It has
// the declared labels of ServiceIdentity, and Queue.
const RecordedQueueDepth = "service_queue:depth:max"

// Recorded series of jobs, with the labels of ServiceIdentity and JobName.
const (
	// RecordedJobRuns and RecordedJobFailures are the runs of a job in the last 15
	// minutes, and those of them that failed; RecordedJobFailureRatio is their share,
	// from 0 to 1, absent without runs.
	RecordedJobRuns         = "service_job:runs:increase15m"
	RecordedJobFailures     = "service_job:run_failures:increase15m"
	RecordedJobFailureRatio = "service_job:run_failure_ratio:increase15m"
	// RecordedJobRunsLong, RecordedJobFailuresLong and RecordedJobFailureRatioLong are
	// the same of 6 hours, for jobs that run seldom.
	RecordedJobRunsLong         = "service_job:runs:increase6h"
	RecordedJobFailuresLong     = "service_job:run_failures:increase6h"
	RecordedJobFailureRatioLong = "service_job:run_failure_ratio:increase6h"
	// RecordedJobSuccess is when a run last succeeded, as Unix time. It ends when the
	// gateway forgets the job.
	RecordedJobSuccess = "service_job:last_success_timestamp_seconds:max"
	// RecordedJobKnownSuccess is RecordedJobSuccess of a declared job that runs by a
	// schedule. It goes on by itself for as long as it is recorded at least every 6
	// hours: a gateway forgets a job an hour after its run, and a new one knows none.
	RecordedJobKnownSuccess = "service_job:known_success_timestamp_seconds:max"
	// RecordedJobWatched is when such a job was first looked for, as Unix time; it goes
	// on in the same way. It has the declared labels of ServiceIdentity, and JobName.
	RecordedJobWatched = "service_job:watched_timestamp_seconds:min"
)
