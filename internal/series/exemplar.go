package series

import (
	"math/rand/v2"
	"unsafe"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// exemplars are the traces worth a look since the last export of an entity: the
// slowest, a failed one, and one at random, so that what is usual can be seen
// beside what is not. Failed ones and the random one are chosen with the same
// chance each, by reservoir sampling with a reservoir of one.
type exemplars struct {
	offered, failures uint32
	slowest           exemplar
	failed, random    exemplar
}

type exemplar struct {
	value   float64
	time    pcommon.Timestamp
	traceID pcommon.TraceID // empty: there is none
	spanID  pcommon.SpanID
}

// offer considers the observation, which has a trace.
func (x *exemplars) offer(o *Observation) {
	x.offered++
	if o.Value > x.slowest.value || x.slowest.traceID.IsEmpty() {
		x.slowest.set(o)
	}
	if x.offered == 1 || rand.Uint32N(x.offered) == 0 {
		x.random.set(o)
	}
	if o.Failed {
		x.failures++
		if x.failures == 1 || rand.Uint32N(x.failures) == 0 {
			x.failed.set(o)
		}
	}
}

func (e *exemplar) set(o *Observation) {
	e.value, e.time, e.traceID, e.spanID = o.Value, o.Time, o.TraceID, o.SpanID
}

// put adds the exemplars to a point, each trace once.
func (x *exemplars) put(to pmetric.ExemplarSlice, now pcommon.Timestamp) {
	for i, e := range [...]*exemplar{&x.slowest, &x.failed, &x.random} {
		if e.traceID.IsEmpty() ||
			i > 0 && e.spanID == x.slowest.spanID && e.traceID == x.slowest.traceID ||
			i > 1 && e.spanID == x.failed.spanID && e.traceID == x.failed.traceID {
			continue
		}
		to.EnsureCapacity(3)
		p := to.AppendEmpty()
		p.SetDoubleValue(e.value)
		p.SetTraceID(e.traceID)
		p.SetSpanID(e.spanID)
		if e.time == 0 || e.time > now {
			p.SetTimestamp(now)
		} else {
			p.SetTimestamp(e.time)
		}
	}
}

func (x *exemplars) bytes() int { return int(unsafe.Sizeof(*x)) }
