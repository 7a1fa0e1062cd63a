// Package dashboards turns a services file into Grafana dashboards: classic
// JSON, which Grafana 10 to 13 load.
//
//	red, err := dashboards.RED(catalog.Default())
//	...
//	text, err := dashboards.JSON(red)
//
// [RED] is "RED per service": rate, errors and duration of what the gateway
// counted, with the thresholds of the alerts drawn from the same catalog.
//
// # Guarantees
//
// Output is deterministic to the byte. Uids and panel ids are stable, so that
// links keep working and diffs stay small when a panel is added. Every dashboard
// passes [Lint] before it is returned: every panel has a title, unit,
// description and legend and asks the data source that the viewer chose, none
// overlap, and every query is valid PromQL over metrics that the gateway
// derives. [Queries] lists what a dashboard asks, ready to be run.
package dashboards
