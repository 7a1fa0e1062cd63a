// Package scrubguardextension refuses to start a gateway whose configuration lets
// data pass around the scrub processor. The thinking is in internal/guard; this
// package gives it the effective configuration, before any receiver listens, and
// tells what came of it.
package scrubguardextension

//go:generate go tool -modfile=../../tools/mdatagen/go.mod mdatagen metadata.yaml
