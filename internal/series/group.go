package series

import "github.com/readygate/readygate/internal/telemetry"

// Group is a kind of entity: the labels that tell entities apart, and the metrics
// that each entity has. An entity is admitted with all of its metrics or with
// none, and is forgotten with all.
//
// A group belongs to one table and must not be changed once it is there.
type Group struct {
	// Name is unique in the table. State on disk is known by it.
	Name    string
	Labels  []Label
	Metrics []Metric

	// Detail is the label value of an Observation.Detail, where a metric tells it.
	Detail func(uint16) string
	// Coarse is what is kept of a detail beyond the limit on series: its class. It
	// must be its own: Coarse(Coarse(d)) == Coarse(d).
	Coarse func(uint16) uint16

	// Bounds are those of the histogram; nil means the table's.
	Bounds []float64

	index uint8
	uses  [aggregations]bool
}

// Label is a label of the entities of a group.
type Label struct {
	Name string
	// Open says that the values are not a closed set, such as methods or
	// outcomes: Limits.LabelValues bounds them, and they become "other" where
	// there are too many series.
	Open bool
}

// Aggregation is what a metric makes of observations.
type Aggregation uint8

// The aggregations. A group has at most one metric of each.
const (
	Events       Aggregation = iota // counter: the sum of Observation.Events
	Units                           // counter: the sum of Observation.Units, exact
	Distribution                    // histogram of Observation.Value, by Observation.Weight
	LastValue                       // gauge: the Observation.Value of the latest Observation.Time
	FirstTime                       // gauge: the earliest Observation.Time, in Unix seconds
	LastTime                        // gauge: the latest Observation.Time, in Unix seconds
	aggregations
)

func (a Aggregation) isGauge() bool { return a >= LastValue }

// Metric is a metric of a group.
type Metric struct {
	telemetry.Metric
	Aggregation Aggregation
	// Omit is a label of the group that the metric does not have, or "".
	Omit string
	// Detail is the label in which an Events metric tells Observation.Detail, or "".
	Detail string
}

// adopt prepares the group for its table.
func (g *Group) adopt(index int, bounds []float64) {
	g.index = uint8(index)
	for _, m := range g.Metrics {
		g.uses[m.Aggregation] = true
	}
	if g.Bounds == nil {
		g.Bounds = bounds
	}
}

// cost is how many series an entity of the group has at first.
func (g *Group) cost() int64 { return int64(len(g.Metrics)) }
