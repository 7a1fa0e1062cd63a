// Package series is the engine of connectors that derive metrics: a Table of entities,
// each a set of labels with all that was counted for it. It decides what no connector
// should decide for itself: who a series is about (Identity), how many may live
// (Limits), when one is exported as zero, as a value or as stale, and that nothing is
// lost or counted twice on the way.
//
//	Observe ─▶ Key, hash ─▶ shard: known? ──yes──▶ count
//	                          └─no─▶ admit: limits of labels, of services, of all
//	Flush ──▶ each shard: copy ─▶ points ─▶ send ─▶ settle: accepted, or given back
//
// # Life of a series
//
// Exports are numbered in rounds. A series counts in the round it was observed in,
// and what is exported of it follows from the rounds that the next consumer accepted:
//
//	observed first        1st accepted export    next exports     idle, all delivered
//	      |                       |                   |                   |
//	    born ──────────────────▶ zero ────────────▶ value … ──────────▶ stale, forgotten
//	      └── start timestamp
//
// The zero comes first so that a reader that sees samples only, such as Prometheus'
// increase(), counts the first event. A refused export changes nothing: cumulative
// counts are kept, the same export is made again. With delta temporality there are no
// zeros, and what was refused is added to what comes next.
//
// # What is exact
//
// Counts are exact to 2^-64 for each observation, in any order. Bucket counts of
// explicit histograms are exact inside and rounded to whole numbers where sampling
// weights are fractions; with delta the rest is carried to the next export. Sums of
// units are exact integers. The sum of a histogram is a float64.
package series
