package demo

import (
	"context"
	"encoding/binary"
	"math/rand/v2"
	"sync"

	"go.opentelemetry.io/otel/trace"
)

// ids makes trace and span ids from a seed. It is safe for concurrent use, as
// the SDK asks.
type ids struct {
	mu  sync.Mutex
	rng *rand.Rand
}

// NewIDs implements the SDK's IDGenerator.
func (g *ids) NewIDs(context.Context) (trace.TraceID, trace.SpanID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	var id trace.TraceID
	binary.BigEndian.PutUint64(id[:8], g.word())
	binary.BigEndian.PutUint64(id[8:], g.word())
	return id, g.spanID()
}

// NewSpanID implements the SDK's IDGenerator.
func (g *ids) NewSpanID(context.Context, trace.TraceID) trace.SpanID {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.spanID()
}

func (g *ids) spanID() (id trace.SpanID) {
	binary.BigEndian.PutUint64(id[:], g.word())
	return id
}

// word is random but never zero: an id of zeros is invalid.
func (g *ids) word() uint64 { return g.rng.Uint64() | 1 }
