// Package lint finds what makes a Grafana dashboard hard to read or wrong: anybody's
// dashboard, as classic JSON, as what Grafana's API wraps around it, or in schema v2.
//
//	for _, f := range lint.Dashboard("red.json", text) {
//		fmt.Println(f)
//	}
//
// [Rules] lists what is looked for. A finding names the file, line and column, the
// panel, and the place in the JSON; a file that is not a dashboard at all is a finding,
// too. Findings are in the order of the file.
//
// # Limits
//
// Queries are judged for Prometheus only, as far as names of metrics tell: what ends in
// _total is a counter. Variables are replaced by what makes the query parse, if anything
// does. JSON nested deeper than 200 is refused. Nothing here keeps state: functions can
// be called at the same time.
package lint
