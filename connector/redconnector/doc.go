// Package redconnector derives request rate, errors and duration (RED) metrics
// from spans and log records.
//
// Data flows like this; what is not here is in the package named:
//
//	red.go ── ConsumeTraces, ConsumeLogs ─▶ internal/reading ─▶ internal/series
//	   │                                    what it is          counts, limits
//	   └── derive.Runner ── Flush ─▶ internal/series ─▶ next consumer
//	       interval, storage         points
package redconnector

//go:generate go tool -modfile=../../tools/mdatagen/go.mod mdatagen metadata.yaml
