// Package rolling is a table of how many different identifiers came in rolling
// windows, told apart by service and labels: what series.Table is for counters.
//
// An entity is one combination of metric, service and label values, with all of its
// windows. It appears with its first identifier, shows every window at every flush,
// and is marked stale and forgotten when its longest window has become empty.
//
// # Limits
//
// Entities are few and large (see distinct.Windows), so their number is the limit.
// Beyond it labels become "other", and then the service does; nobody is counted
// less, only less is told apart:
//
//	Limit·3/4  entities with labels
//	Limit      entities, those whose labels became "other" included
//	+ 1        for each metric: everybody else
//
// # State
//
// The state has a fixed number of parts, and each flush lets one of them be saved once,
// in turn. Unlike counts, identifiers may be saved later than they are sent: one that
// is seen again changes nothing, so nothing is ever doubled, and a gateway that
// is killed forgets at most the identifiers of the last turn.
package rolling
