package telemetry

// Up is Prometheus' own series of every target: 1 if the last scrape succeeded, else
// 0. It has Job, Instance, and whatever labels targets are given.
var Up = Metric{
	Name: "up", Kind: Gauge, Unit: "1",
	Help: "Whether the last scrape of a target succeeded.",
}
