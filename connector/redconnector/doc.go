// Package redconnector derives request rate, errors and duration (RED) metrics
// from spans.
//
// Data flows through the files like this:
//
//	red.go ── ConsumeTraces ─▶ batch.go ─▶ table.go ─▶ source.go
//	   │                       http.go     identities   series, limits
//	   │                       endpoint.go
//	   └───── flush ─────────▶ snapshot.go ─▶ output.go ─▶ next consumer
//	                           copy, evict    points
package redconnector

//go:generate go tool -modfile=../../tools/mdatagen/go.mod mdatagen metadata.yaml
