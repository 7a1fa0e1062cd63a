// Package preview shows Grafana dashboards on a page of its own, drawn from their
// classic JSON against a Prometheus, so that a change is seen without a Grafana.
//
// [Handler] serves the pages, the dashboards and, of Prometheus' API, what only reads.
// It is for the loopback interface: it answers to no name but those of the loopback,
// so that a page of the web cannot reach Prometheus through the browser of whoever
// runs it. Its own pages load nothing from elsewhere and run no inline script.
//
// # What the page draws
//
// Panels of type timeseries, stat, table, heatmap, state-timeline, bargauge and text;
// rows; variables of the kinds query (label_values), custom, interval, constant, textbox
// and datasource; annotations; data links; overrides by name and regular expression;
// value mappings. What it does not know is said in the panel.
//
// Intervals are Grafana's: $__interval is the time range divided by as many points as
// the panel is wide in pixels, rounded to a fixed list, and at least the scrape interval;
// $__rate_interval is the larger of $__interval plus one scrape and four scrapes. See
// https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/.
//
// The charts are drawn by Apache ECharts, which is embedded; see assets/echarts.
// [github.com/readygate/readygate/dashboards/preview/picture] takes pictures.
package preview
