package telemetry

// Recorded series of requests, named level:metric:operations. Rules and dashboards
// read only these: where the requests of a service come from, and whether they are
// HTTP requests or remote procedure calls, is the business of the recording rules.
// They have the labels of ServiceIdentity.
const (
	// RecordedRequests is the rate of requests, in requests per second.
	RecordedRequests = "service:requests:rate5m"
	// RecordedErrors is the rate of failed requests; 0 where there are none.
	RecordedErrors = "service:request_errors:rate5m"
	// RecordedErrorRatio is RecordedErrors in RecordedRequests, from 0 to 1; absent
	// without requests.
	RecordedErrorRatio = "service:request_error_ratio:rate5m"
	// RecordedErrorsHourly is the number of failed requests in the last hour.
	RecordedErrorsHourly = "service:request_errors:increase1h"
	// RecordedErrorRatioHourly is RecordedErrorsHourly in all requests of that hour.
	RecordedErrorRatioHourly = "service:request_error_ratio:increase1h"
	// RecordedBuckets is the rate of requests by upper bound of their duration in
	// seconds; it has the label le, too.
	RecordedBuckets = "service_le:request_duration_seconds_bucket:rate5m"
	// RecordedP95 is the 95th percentile of the duration, in seconds; absent without
	// requests.
	RecordedP95 = "service:request_duration_seconds:p95_5m"
	// RecordedDurations is the rate of requests that have a duration: what
	// RecordedP95 is about.
	RecordedDurations = "service:request_durations:rate5m"
	// RecordedUsualRequests is the lesser of RecordedRequests at the same time a day and
	// a week ago, or the one of them that there is.
	RecordedUsualRequests = "service:requests:rate5m_usual"
)

// Recorded series of dependencies. They have the labels of ServiceIdentity, and
// DependencyKind and Peer.
const (
	// RecordedDependencyRequests is the rate of requests to a dependency, in requests
	// per second.
	RecordedDependencyRequests = "service_peer:dependency_requests:rate5m"
	// RecordedDependencyErrorRatio is the share of them that failed, from 0 to 1; absent
	// without requests.
	RecordedDependencyErrorRatio = "service_peer:dependency_error_ratio:rate5m"
)

// RPCServerErrors is a regular expression of the statuses of remote procedure calls
// that are the server's failures, as the semantic conventions have it; the others
// are the caller's. A test of the connector holds it to what is counted.
const RPCServerErrors = "ERROR|UNKNOWN|DEADLINE_EXCEEDED|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS" +
	"|SERVER_.+|SERVICE_ERROR|-32.+"
