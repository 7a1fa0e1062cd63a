// Package distinct counts how many different identifiers were seen, without
// keeping one.
//
//	identifier ── Hasher ──▶ 64-bit hash ──┬─▶ Sketch    all time, or since Reset
//	              keyed                    └─▶ Windows   the last 5m, 1h, 24h ...
//
// What a Sketch holds depends only on the set of hashes it was given: not on
// their order, not on how often, not on how they were spread over sketches that
// were merged. So the merged sketches of two gateways are, byte for byte, the
// sketch of one gateway that saw everything.
//
// # Error
//
// Up to MaxExact different hashes are counted exactly. Beyond, the relative
// standard error is 1.04/√(2^p) for the precision p: 0.41 % for 16, 3.25 % for
// 10. One estimate in 20 is off by more than twice that, one in 15,000 by more
// than four times. Hash collisions add n/2^65, which is nothing: 3e-13 at 10
// million.
//
// Nothing here is safe for concurrent use, but Hasher.
package distinct
