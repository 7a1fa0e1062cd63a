package redconnector

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// stuck is a next consumer that holds its first call until it is released or,
// if it is polite, until the context ends; then it records like a recorder.
type stuck struct {
	*recorder
	polite  bool
	release chan struct{}
	held    bool
}

func (s *stuck) ConsumeMetrics(ctx context.Context, md pmetric.Metrics) error {
	if s.held {
		return s.recorder.ConsumeMetrics(ctx, md)
	}
	s.held = true
	done := ctx.Done()
	if !s.polite {
		done = nil
	}
	select {
	case <-done:
		return ctx.Err()
	case <-s.release:
		return nil
	}
}

var _ consumer.Metrics = (*stuck)(nil)

func TestShutdownEndsAFlushUnderWayAndSendsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		next := &stuck{recorder: newRecorder(), polite: true}
		c := newTestRED(t, testConfig(), next)
		require.NoError(t, c.Start(t.Context(), componenttest.NewNopHost()))
		require.NoError(t, c.ConsumeTraces(t.Context(), parseTraces(t, []byte(twoEndpoints))))
		<-time.After(16 * time.Second) // of the bubble's clock: the first flush hangs
		require.NoError(t, c.Shutdown(t.Context()))
		require.Len(t, next.totals, 4)
	})
}

func TestShutdownGivesUpWhenItsContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		next := &stuck{recorder: newRecorder(), release: make(chan struct{})}
		c := newTestRED(t, testConfig(), next)
		require.NoError(t, c.Start(t.Context(), componenttest.NewNopHost()))
		require.NoError(t, c.ConsumeTraces(t.Context(), parseTraces(t, []byte(twoEndpoints))))
		<-time.After(16 * time.Second)

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, c.Shutdown(ctx), context.DeadlineExceeded)
		close(next.release) // lets the goroutine of Start end
	})
}
