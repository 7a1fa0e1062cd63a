// Package rule holds what a business metric is declared to be, and finds for a
// span, a span event or a log record the declarations that it matches.
//
//	Metric ── Compile ─▶ Rule ── NewIndex ─▶ Index ── Match(Record) ─▶ the rules that match
//	(configuration)      (checked, fast)                                  │
//	                                         Rule.Value, Labels, Currency ◀┘
//
// It decides who is counted and what is read, not what becomes of it: sums, windows
// and series are the connector's.
//
// # Values are compared as text
//
// Attributes have types, and languages disagree about them: an order number is a
// string to one SDK and an integer to the next. So conditions, labels and
// identifiers see one canonical text: strings as they are, integers in decimal,
// booleans as true and false, doubles as the shortest decimal that is them, without
// ".0" where they are whole. Maps, arrays and bytes have no text: they exist, and
// equal nothing.
//
// Everything in the package is constant after Compile and NewIndex, and safe for
// concurrent use; a Record belongs to one goroutine.
package rule
