package derive

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
)

// part is a component that counts what is done to it.
type part struct {
	starts, shutdowns atomic.Int32
	startErr, stopErr error
}

func (p *part) Start(context.Context, component.Host) error {
	p.starts.Add(1)
	return p.startErr
}

func (p *part) Shutdown(context.Context) error {
	p.shutdowns.Add(1)
	return p.stopErr
}

type config struct{ _ int }

func newPart() (*part, error) { return &part{}, nil }

func TestPairsOfOneConfigurationShareAComponent(t *testing.T) {
	var shared Shared[*config, *part]
	cfg := &config{}
	traces, err := shared.Get(cfg, newPart)
	require.NoError(t, err)
	logs, err := shared.Get(cfg, func() (*part, error) { panic("there is one") })
	require.NoError(t, err)
	other, err := shared.Get(&config{}, newPart)
	require.NoError(t, err)
	require.Same(t, traces.Component, logs.Component)
	require.NotSame(t, traces.Component, other.Component)

	host := componenttest.NewNopHost()
	require.NoError(t, traces.Start(t.Context(), host))
	require.NoError(t, logs.Start(t.Context(), host))
	require.EqualValues(t, 1, traces.Component.starts.Load())

	require.NoError(t, traces.Shutdown(t.Context()))
	require.NoError(t, traces.Shutdown(t.Context()), "once for each reference")
	require.Zero(t, traces.Component.shutdowns.Load(), "the other reference is in use")
	require.NoError(t, logs.Shutdown(t.Context()))
	require.EqualValues(t, 1, traces.Component.shutdowns.Load())

	again, err := shared.Get(cfg, newPart)
	require.NoError(t, err)
	require.NotSame(t, traces.Component, again.Component, "a reload begins anew")
	require.NoError(t, logs.Shutdown(t.Context()))
	require.Zero(t, again.Component.shutdowns.Load())
	require.NoError(t, errors.Join(again.Shutdown(t.Context()), other.Shutdown(t.Context())))
	require.Empty(t, shared.shares)
}

func TestWhatWasNotStartedIsShutDown(t *testing.T) {
	var shared Shared[*config, *part]
	cfg, stopErr := &config{}, errors.New("stuck")
	one, err := shared.Get(cfg, func() (*part, error) { return &part{stopErr: stopErr}, nil })
	require.NoError(t, err)
	two, err := shared.Get(cfg, newPart)
	require.NoError(t, err)
	require.NoError(t, two.Shutdown(t.Context()))
	require.ErrorIs(t, one.Shutdown(t.Context()), stopErr)
	require.EqualValues(t, 1, one.Component.shutdowns.Load())
	require.Empty(t, shared.shares)
}

func TestAnErrorOfStartIsThatOfAllReferences(t *testing.T) {
	var shared Shared[*config, *part]
	cfg, startErr := &config{}, errors.New("no such storage")
	one, err := shared.Get(cfg, func() (*part, error) { return &part{startErr: startErr}, nil })
	require.NoError(t, err)
	two, err := shared.Get(cfg, newPart)
	require.NoError(t, err)
	require.ErrorIs(t, one.Start(t.Context(), componenttest.NewNopHost()), startErr)
	require.ErrorIs(t, two.Start(t.Context(), componenttest.NewNopHost()), startErr)
	require.EqualValues(t, 1, one.Component.starts.Load())
	require.NoError(t, errors.Join(one.Shutdown(t.Context()), two.Shutdown(t.Context())))
}

func TestWhatCannotBeCreatedIsNotShared(t *testing.T) {
	var shared Shared[*config, *part]
	cfg, createErr := &config{}, errors.New("the host has no name")
	_, err := shared.Get(cfg, func() (*part, error) { return nil, createErr })
	require.ErrorIs(t, err, createErr)
	ref, err := shared.Get(cfg, newPart)
	require.NoError(t, err)
	require.NoError(t, ref.Shutdown(t.Context()))
}

func TestSharedIsSafeForConcurrentUse(t *testing.T) {
	var shared Shared[*config, *part]
	configs := []*config{{}, {}}
	var created, shutdowns atomic.Int32
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			for range 100 {
				ref, err := shared.Get(configs[i%2], func() (*part, error) {
					created.Add(1)
					return &part{}, nil
				})
				if err != nil || ref.Start(t.Context(), componenttest.NewNopHost()) != nil || ref.Component.starts.Load() != 1 {
					t.Error("not started once")
				}
				if ref.Component.shutdowns.Load() != 0 {
					t.Error("shut down in use")
				}
				if err := ref.Shutdown(t.Context()); err != nil {
					t.Error(err)
				}
				shutdowns.Add(min(ref.Component.shutdowns.Load(), 1))
			}
		})
	}
	wg.Wait()
	require.Empty(t, shared.shares)
	require.Positive(t, created.Load())
	require.GreaterOrEqual(t, shutdowns.Load(), created.Load())
}
