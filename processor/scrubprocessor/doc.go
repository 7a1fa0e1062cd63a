// Package scrubprocessor replaces secrets and personal data in traces, logs and
// metrics. It joins two packages that do not know each other: internal/leaf,
// which visits every slot that can carry text, and internal/detect, which finds
// what must not leave in one text.
//
// What it promises: a value is either scanned or replaced as a whole, a batch is
// never refused because of what is in it, and what has no finding leaves as it
// came, byte by byte.
package scrubprocessor

//go:generate go tool -modfile=../../tools/mdatagen/go.mod mdatagen metadata.yaml
