package telemetry

// Recorded series of canaries: of the requests that the gateway counts, where it was
// told how to know a canary. Those of one level have the labels of ServiceIdentity and
// Canary, those of the other compare the two and have no Canary.
const (
	// CanaryLastSeen is when the gateway last heard of canaries, and of stable
	// instances, as Unix time.
	CanaryLastSeen = "service_canary:last_seen_timestamp_seconds:max"
	// CanaryRequests is the number of requests in 15 minutes; 0 where none came.
	CanaryRequests = "service_canary:requests:increase15m"
	// CanaryErrors is the number of those that failed; 0 where there are none.
	CanaryErrors = "service_canary:request_errors:increase15m"
	// CanaryErrorRatio is CanaryErrors in CanaryRequests; absent without requests.
	CanaryErrorRatio = "service_canary:request_error_ratio:increase15m"
	// CanaryP95 is the 95th percentile of the duration over 15 minutes, in seconds;
	// absent without requests.
	CanaryP95 = "service_canary:request_duration_seconds:p95_15m"

	// CanarySlower is the share of requests that took longer than the label Bound, a
	// bucket's in seconds.
	CanarySlower = "service_canary:requests_slower:ratio15m"

	// CanaryFewest is CanaryRequests of canary or stable, whichever has fewer.
	CanaryFewest = "service:canary_requests:min15m"
	// CanaryShare is the share of requests that canaries get, from 0 to 1.
	CanaryShare = "service:canary_requests:ratio15m"
	// CanaryErrorDelta is the error ratio of the canary less that of stable.
	CanaryErrorDelta = "service:canary_error_ratio:delta15m"
	// CanaryErrorPooled is the error ratio of both together.
	CanaryErrorPooled = "service:canary_error_ratio:pooled15m"
	// CanaryErrorZ is CanaryErrorDelta in standard deviations of what chance makes of
	// equal ratios: the z of the two-proportion test. Absent where neither, or
	// everything, failed.
	CanaryErrorZ = "service:canary_error_ratio:z15m"
	// CanarySlowdown is how many times slower than stable the canary is, by p95.
	CanarySlowdown = "service:canary_request_duration_seconds:p95_ratio15m"
	// CanarySlowerPooled is CanarySlower of both together, by Bound.
	CanarySlowerPooled = "service:canary_requests_slower:pooled15m"
	// CanarySlowerZ is the z of the two-proportion test for CanarySlower, at the bound
	// next to stable's p95 at which it is greater. Absent where neither, or everything,
	// took longer.
	CanarySlowerZ = "service:canary_requests_slower:z15m"

	// Bound is a label: le of a bucket, spelled the same by every gateway.
	Bound = "bound"
)

// Recorded series of releases, with the labels of ServiceIdentity.
const (
	// VersionFirst is when any gateway first heard of a version, by all that was
	// recorded in a day; it has the label version, too.
	VersionFirst = "service_version:first_seen_timestamp_seconds:min1d"
	// ReleaseLast is when the newest version was first heard of, as Unix time; absent
	// where no version is older.
	ReleaseLast = "service:release_timestamp_seconds:max"
)
