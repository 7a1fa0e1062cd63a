package derive

import (
	"context"
	"sync"

	"go.opentelemetry.io/collector/component"
)

// Shared gives one component to all pairs of pipelines that a configuration
// connects, such as traces→metrics and logs→metrics. The service asks a factory for
// one component a pair, with the same configuration; the key is the pointer to it.
// A reload reads another configuration, so it shares nothing with what was before.
// The zero value is ready, and safe for concurrent use. A factory has one; there is
// none for the process.
//
// One next consumer serves all pairs, because all of them lead to the same
// pipelines: createNodes in service/internal/graph/graph.go (v0.158.0) adds the node
// of a pair of signals to every metrics pipeline that lists the connector as a
// receiver, whichever pipeline the data comes from, and skips only pairs of signals
// that the factory does not connect. So the consumers differ in one thing, the pair
// under which the service's own metrics count what was produced: it is the first
// that was created.
type Shared[C comparable, T component.Component] struct {
	mu     sync.Mutex
	shares map[C]*share[T]
}

// share is a component and its life, which is that of all its references.
type share[T component.Component] struct {
	component T
	users     int // references that were not shut down, guarded by Shared.mu
	start     sync.Once
	started   error // of Start; to be read after start
}

// Ref is one reference to a shared component. Start starts the component if no other
// reference has; Shutdown shuts it down if all others have been. Both do something
// once. Shutdown counts references that were not started, too: a service that fails
// to start shuts everything down.
type Ref[T component.Component] struct {
	Component T

	share   *share[T]
	release func() (last bool)
	once    sync.Once
}

// Get returns a reference to the configuration's component, which create makes if
// there is none.
func (s *Shared[C, T]) Get(config C, create func() (T, error)) (*Ref[T], error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shares == nil {
		s.shares = map[C]*share[T]{}
	}
	c := s.shares[config]
	if c == nil {
		made, err := create()
		if err != nil {
			return nil, err
		}
		c = &share[T]{component: made}
		s.shares[config] = c
	}
	c.users++
	release := func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		c.users--
		if c.users > 0 {
			return false
		}
		delete(s.shares, config)
		return true
	}
	return &Ref[T]{Component: c.component, share: c, release: release}, nil
}

// Start starts the component, or returns what came of it when another reference did.
func (r *Ref[T]) Start(ctx context.Context, host component.Host) error {
	r.share.start.Do(func() {
		r.share.started = r.Component.Start(ctx, host)
	})
	return r.share.started
}

// Shutdown gives the reference up, and shuts the component down with the last one.
func (r *Ref[T]) Shutdown(ctx context.Context) (err error) {
	r.once.Do(func() {
		if r.release() {
			err = r.Component.Shutdown(ctx)
		}
	})
	return err
}
