package telemetry

// Recorded series of service level objectives. A window longer than an hour is put
// together from what is recorded anyway: from the rates of 5 minutes, one for each 5
// minutes, and, longer than 6 hours, from the numbers of whole hours by the clock. A
// rate over days of counters would read millions of samples each time. What is added
// are requests, never ratios, so that an hour weighs what its traffic weighs. The
// newest 5 minutes, or the current hour, may be missing.
//
// The series of 5 minutes and of an hour, RecordedErrorRatio, RecordedErrorRatioHourly
// and RecordedErrorsHourly, are those of requests.
const (
	// SLOErrorRatio30m, 2h, 6h, 1d, 3d and 30d are the share of failed requests, from
	// 0 to 1; absent without requests.
	SLOErrorRatio30m = "service:slo_errors:ratio_rate30m"
	SLOErrorRatio2h  = "service:slo_errors:ratio_rate2h"
	SLOErrorRatio6h  = "service:slo_errors:ratio_rate6h"
	SLOErrorRatio1d  = "service:slo_errors:ratio_rate1d"
	SLOErrorRatio3d  = "service:slo_errors:ratio_rate3d"
	// SLOErrorRatio30d is about what there is, where Prometheus keeps less.
	SLOErrorRatio30d = "service:slo_errors:ratio_rate30d"
	// SLOErrors6h, 1d, 3d and 30d are the number of failed requests.
	SLOErrors6h  = "service:slo_errors:increase6h"
	SLOErrors1d  = "service:slo_errors:increase1d"
	SLOErrors3d  = "service:slo_errors:increase3d"
	SLOErrors30d = "service:slo_errors:increase30d"
	// SLORequestsHourly and SLOErrorsHourly are numbers of requests and of failed
	// ones, made so that hours add up.
	SLORequestsHourly = "service:slo_requests:increase1h"
	SLOErrorsHourly   = "service:slo_errors:increase1h"

	// SLOSlow is the rate of requests, in requests per second, that took longer than
	// the label within says. There is one for each duration that is an objective.
	SLOSlow = "service_within:slo_slow:rate5m"
	// SLOTimedHourly is the number of requests whose duration is known.
	SLOTimedHourly = "service:slo_timed:increase1h"
	// SLOSlowRatio5m, 30m, 1h, 2h, 6h, 1d and 3d are the share of such requests, from
	// 0 to 1; absent without requests.
	SLOSlowRatio5m  = "service_within:slo_slow:ratio_rate5m"
	SLOSlowRatio30m = "service_within:slo_slow:ratio_rate30m"
	SLOSlowRatio1h  = "service_within:slo_slow:ratio_rate1h"
	SLOSlowRatio2h  = "service_within:slo_slow:ratio_rate2h"
	SLOSlowRatio6h  = "service_within:slo_slow:ratio_rate6h"
	SLOSlowRatio1d  = "service_within:slo_slow:ratio_rate1d"
	SLOSlowRatio3d  = "service_within:slo_slow:ratio_rate3d"
	// SLOSlow1h, 6h, 1d and 3d are the number of such requests.
	SLOSlow1h = "service_within:slo_slow:increase1h"
	SLOSlow6h = "service_within:slo_slow:increase6h"
	SLOSlow1d = "service_within:slo_slow:increase1d"
	SLOSlow3d = "service_within:slo_slow:increase3d"
)

// Within is the duration that an objective of latency is about, as people write it:
// 1s, 2.5s, 250ms.
const Within = "within"
