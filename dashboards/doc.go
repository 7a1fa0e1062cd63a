// Package dashboards turns a services file into Grafana dashboards.
//
//	all, err := dashboards.Generate(catalog.Default())
//	...
//	text, err := dashboards.JSON(all[0].Dashboard)   // classic: Grafana 10 to 13
//	text, err = dashboards.V2(all[0].Dashboard)      // schema v2: Grafana 13
//
// There are ten over all services, of which the viewer selects, and one for each
// declared service. [ConfigMap] and [Provisioning] are other forms of them; package
// push brings them to a Grafana, package preview draws them without one, and package
// lint reads anybody's.
//
// # Guarantees
//
// Output is deterministic to the byte. Uids and panel ids are stable, so that
// links keep working and diffs stay small when a panel is added. Every dashboard
// passes [Lint] before it is returned: every panel has a title, unit, description
// and legend, says what it means when it is empty, and asks the data source that the
// viewer chose, none overlap, and every query is valid PromQL over series that
// something produces. A line in a panel is the threshold of the alert that the
// description names, from the same catalog. [Queries] lists what a dashboard asks,
// ready to be run.
//
// Functions are safe for concurrent use.
package dashboards
