package lint

import "slices"

// Rules are all that is looked for, in the order of the reference.
func Rules() []Rule { return slices.Clone(rules) }

var rules = []Rule{
	{"json", Error, "The file is not JSON."},
	{"schema", Error, "The JSON is not a dashboard, neither classic nor in schema v2."},
	{"uid", Warning, "The dashboard has no uid: links to it break when it is loaded again."},
	{"title", Error, "The dashboard or a panel has no title."},
	{"panel-id", Error, "Two panels have the same id: links to a panel and Grafana's own state mix them up."},
	{"grid", Error, "A panel is outside of the 24 columns of the grid, or has no size."},
	{"overlap", Error, "Two panels lie over each other."},
	{"layout-element", Error, "The layout names an element that is not there, or does not place one that is: nobody sees it."},
	{"too-many-panels", Hint, "More panels are shown at once than anybody looks at, and each asks."},
	{"refresh", Warning, "The dashboard refreshes more often than every 10 seconds, for each who looks."},
	{"timezone", Hint, "The time zone is fixed: two people at one incident read different clocks."},
	{"variable-all", Hint, "A variable offers no All: what is wrong with everything cannot be seen at once."},
	{"datasource", Warning, "A data source is named, or the default one asked, instead of one that the viewer chooses."},
	{"variable-unknown", Error, "A query or a title uses a variable that the dashboard does not declare, and Grafana does not know."},
	{"description", Hint, "A panel does not say how to read it."},
	{"unit", Warning, "A panel with numbers has no unit."},
	{"legend", Warning, "A graph hides its legend."},
	{"legend-name", Warning, "A query of several series names them by all their labels."},
	{"thresholds", Error, "Thresholds do not ascend: Grafana hides those out of order."},
	{"colors", Hint, "Red and green tell states apart, which one man in twelve cannot."},
	{"promql", Error, "A query is not valid PromQL."},
	{"rate-window", Warning, "A rate has a fixed window: zoomed out it skips data, zoomed in it is empty; use $__rate_interval."},
	{"rate-of-gauge", Warning, "A rate of what, by its name, is no counter."},
	{"raw-counter", Warning, "A counter is shown without rate or increase: it only ever grows, and falls with a restart."},
	{"ratio", Warning, "A division by what can be 0: the panel shows NaN when there is no traffic."},
}
