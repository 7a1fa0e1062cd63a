package redconnector

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/readygate/readygate/connector/redconnector/internal/metadata"
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
		g := newGateway(t, testConfig(), next)
		g.start(t, nil)
		g.consume(t, parseTraces(t, []byte(twoEndpoints)))
		<-time.After(16 * time.Second) // of the bubble's clock: the first flush hangs
		require.NoError(t, g.shutdown(t.Context()))
		require.Len(t, next.totals, 4)
	})
}

func TestShutdownGivesUpWhenItsContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		next := &stuck{recorder: newRecorder(), release: make(chan struct{})}
		g := newGateway(t, testConfig(), next)
		g.start(t, nil)
		g.consume(t, parseTraces(t, []byte(twoEndpoints)))
		<-time.After(16 * time.Second)

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, g.shutdown(ctx), context.DeadlineExceeded)
		close(next.release) // lets the goroutine of Start end
	})
}

// What comes from traces and from logs is counted together, and the first of the two
// to shut down must not keep the other from counting.
func TestTracesAndLogsAreOneComponentUntilTheLastOfThemShutsDown(t *testing.T) {
	next := newRecorder()
	g := newGateway(t, testConfig(), next)
	require.Same(t, g.traces.(traces).Component, g.logs.(logs).Component)
	g.start(t, nil)
	g.consumeLogs(t, parseLogs(t, []byte(oneRecord)))
	require.NoError(t, g.logs.Shutdown(t.Context()))
	require.Empty(t, next.totals)
	g.consume(t, parseTraces(t, []byte(twoEndpoints)))
	require.NoError(t, g.traces.Shutdown(t.Context()))
	require.Len(t, next.totals, 1+2+4)
}

func TestAnotherConfigurationIsAnotherComponent(t *testing.T) {
	factory := NewFactory()
	var components []*red
	for range 2 {
		c, err := factory.CreateTracesToMetrics(
			t.Context(), connectortest.NewNopSettings(metadata.Type), testConfig(), consumertest.NewNop())
		require.NoError(t, err)
		components = append(components, c.(traces).Component)
		require.NoError(t, c.Shutdown(t.Context()))
	}
	require.NotSame(t, components[0], components[1])
}

func TestStorageThatIsNotThereIsAnErrorOfStart(t *testing.T) {
	cfg := testConfig()
	id := component.MustNewID("disk")
	cfg.Storage = &id
	g := newGateway(t, cfg, consumertest.NewNop())
	require.EqualError(t, g.traces.Start(t.Context(), componenttest.NewNopHost()),
		`storage: "disk" is not an extension of the service that keeps state; `+
			`none of them does: list one, such as file_storage, in service.extensions`)
	require.NoError(t, g.shutdown(t.Context()))
}
