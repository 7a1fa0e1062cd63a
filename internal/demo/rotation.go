package demo

import (
	"context"
	"math/rand/v2"
	"slices"

	"go.opentelemetry.io/otel/attribute"

	"github.com/readygate/readygate/internal/demo/lookalike"
)

// leak is a secret and the way it gets out.
type leak struct {
	Planted
	put func(context.Context, *service, *clock, lookalike.Secret)
}

// rotation is what one service leaks: some secrets when it starts, and then one
// with every request, round and round.
type rotation struct {
	atStart  []leak
	inTurn   []leak
	requests int
}

// next leaks the secret whose turn it is.
func (r *rotation) next(ctx context.Context, s *service, c *clock) {
	l := r.inTurn[r.requests%len(r.inTurn)]
	l.put(ctx, s, c, l.Secret)
	r.requests++
}

// attributes are the secrets in one of the fields that are written at start.
func (r *rotation) attributes(place string) []attribute.KeyValue {
	var attrs []attribute.KeyValue
	for _, l := range r.atStart {
		if l.Place == place {
			attrs = append(attrs, attribute.String(l.Key, l.Value))
		}
	}
	return attrs
}

// leaked lists the secrets that are out.
func (r *rotation) leaked() []Planted {
	var planted []Planted
	for _, l := range slices.Concat(r.atStart, r.inTurn[:min(r.requests, len(r.inTurn))]) {
		planted = append(planted, l.Planted)
	}
	return planted
}

// plan invents a secret of every kind for every place that can hold it, no two
// of them equal, and deals them out to the services.
func plan(rng *rand.Rand, services ...string) map[string]*rotation {
	plans := map[string]*rotation{}
	for _, name := range services {
		plans[name] = &rotation{}
	}
	dealt := 0
	for _, at := range places {
		for _, secret := range lookalike.All(rng) {
			if at.fits != nil && !at.fits(secret) {
				continue
			}
			name := services[dealt%len(services)]
			dealt++
			l := leak{Planted{secret, name, at.name}, at.put}
			if r := plans[name]; at.put == nil {
				r.atStart = append(r.atStart, l)
			} else {
				r.inTurn = append(r.inTurn, l)
			}
		}
	}
	// So that a short run, too, leaks into places of all sorts.
	for _, name := range services {
		turns := plans[name].inTurn
		rng.Shuffle(len(turns), func(i, j int) { turns[i], turns[j] = turns[j], turns[i] })
	}
	return plans
}
