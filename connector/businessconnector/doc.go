// Package businessconnector derives business metrics, as they are declared in its
// configuration, from spans, span events and log records.
//
// Data flows through the files like this:
//
//	business.go ── Consume* ─▶ internal/rule ─▶ observe.go ─┬─▶ internal/series    counters, sums, gauges, histograms
//	   │                       which rules match            └─▶ internal/rolling   distinct values
//	   │                       births.go: zeros of services that are known
//	   └─ Runner ─ flush ────▶ source.go: both tables ─▶ next consumer, storage
//
// One component serves all pairs of pipelines of a configuration, so that spans and
// log records meet in the same series.
package businessconnector

//go:generate go tool -modfile=../../tools/mdatagen/go.mod mdatagen metadata.yaml
