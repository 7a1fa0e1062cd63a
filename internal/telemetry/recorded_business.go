package telemetry

// Labels of business metrics.
const (
	// Currency is that of an amount. Amounts of two currencies are never added.
	Currency = "currency"
	// Window is that of a number of different values, such as 1h.
	Window = "window"
)

// Recorded series of business metrics. They have the labels of ServiceIdentity and
// DeclaredMetric, and Currency or Window where the metric has. Where the metric does
// not come from the gateway, the identity is the declared one.
const (
	// RecordedBusinessIncrease is how much there was in the last hour, of a counter.
	RecordedBusinessIncrease = "service_metric:business:increase1h"
	// RecordedBusinessLevel is the level of a gauge. Of what several gateways tell it
	// is the largest, for the same users come by several.
	RecordedBusinessLevel = "service_metric:business:level"
	// RecordedBusinessBaseline is the mean of either at the same time in the last two
	// weeks, or days; of one, if only that is known.
	RecordedBusinessBaseline = "service_metric:business_baseline:mean"
	// RecordedBusinessRatio is what there is now in RecordedBusinessBaseline; 0 where
	// there was something, and nothing is heard of it now.
	RecordedBusinessRatio = "service_metric:business_baseline:ratio"

	// RecordedRevenue is the revenue of the last 10 minutes; 0 where there was
	// something, and nothing is heard of it now.
	RecordedRevenue = "service_metric:revenue:increase10m"
	// RecordedRevenueLeast is the least of it in the same hour a week, or a day, ago.
	RecordedRevenueLeast = "service_metric:revenue_least:increase10m"
	// RecordedOrders is the number of orders in the last 10 minutes; it has the labels
	// of ServiceIdentity alone.
	RecordedOrders = "service:orders:increase10m"

	// RecordedConversion is sign-ups in visits over an hour; absent without visits.
	RecordedConversion = "service_metric:conversion:ratio1h"
	// RecordedConversionBaseline is to it what RecordedBusinessBaseline is.
	RecordedConversionBaseline = "service_metric:conversion_baseline:mean"
	// RecordedConversionRatio is RecordedConversion in RecordedConversionBaseline.
	RecordedConversionRatio = "service_metric:conversion_baseline:ratio"
)
