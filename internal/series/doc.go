// Package series holds what every connector that derives cumulative series
// needs and none should decide for itself: who a series is about (Identity),
// how many may live (Budget), and when one is exported as zero, as a value, or
// as stale (Life and Rounds).
//
// # Life of a series
//
// Exports are numbered in rounds. A series counts in the round it was observed
// in, and what is exported of it follows from the rounds that the next consumer
// accepted:
//
//	observed first        1st accepted export    next exports     idle, all delivered
//	      |                       |                   |                   |
//	    born ──────────────────▶ Zero ────────────▶ Value … ──────────▶ Stale, forgotten
//	      └── start timestamp
//
// The zero comes first so that a reader that sees samples only, such as
// Prometheus' increase(), counts the first event. A refused export changes
// nothing: cumulative counts are kept, the same export is made again.
package series
