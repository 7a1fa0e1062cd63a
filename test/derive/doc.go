// Package derive proves the counts of the connectors where users read them: what
// services sent goes through a connector, the Prometheus exporter, a scrape in
// OpenMetrics and Prometheus' own database, and increase() of Prometheus' own query
// engine must give the number that was sent, not one near it.
//
// Components are made by their factories and configured as users do it. Nothing here
// knows how a connector works; it may only be told to flush now instead of at the next
// tick.
package derive
