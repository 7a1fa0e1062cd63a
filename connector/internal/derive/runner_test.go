package derive

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/series"
)

func TestCountsAreSentAtEveryIntervalAndAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		next := newBackend()
		g := newGateway(nil, next)
		g.start(t)
		for n := 1; n <= 3; n++ {
			g.count("a", 1)
			pass(20*time.Second + time.Millisecond)
			require.Equal(t, map[string]int{"a": n}, next.values)
		}
		g.count("a", 1)
		require.NoError(t, g.Shutdown(t.Context()))
		require.Equal(t, map[string]int{"a": 4}, next.values)
		require.Equal(t, []series.Occasion{series.Interval, series.Interval, series.Interval, series.End}, g.why)
		require.Equal(t, []error{nil, nil, nil, nil}, g.flushes)
		require.Empty(t, g.messages())

		require.NoError(t, g.Shutdown(t.Context()), "only the first does something")
		require.ErrorIs(t, g.Flush(t.Context()), errFinished)
		require.Len(t, g.why, 4)
	})
}

func TestShutdownFlushesWithoutStart(t *testing.T) {
	next := newBackend()
	g := newGateway(newDisk(), next)
	g.count("a", 1)
	require.NoError(t, g.Shutdown(t.Context()))
	require.Equal(t, map[string]int{"a": 1}, next.values)
	require.Equal(t, []series.Occasion{series.End}, g.why, "nothing was opened that could keep the state")
}

func TestWhatIsRefusedIsReportedAndStaysDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		next := newBackend()
		next.onSend = func(context.Context) error { return errRefused }
		g := newGateway(nil, next)
		g.start(t)
		g.count("a", 1)
		require.ErrorIs(t, g.Flush(t.Context()), errRefused)
		require.ErrorIs(t, g.flushes[0], errRefused)

		err := g.Shutdown(t.Context())
		require.ErrorIs(t, err, errRefused)
		require.Equal(t, err, g.Shutdown(t.Context()))
		require.Equal(t, []string{
			"error: the next consumer refused metrics; their counts stay due: refused",
			"error: the next consumer refused the last metrics; they are lost: refused",
		}, g.messages())
	})
}

func TestThereIsOneFlushAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		next := newBackend()
		var running, most atomic.Int32
		next.onSend = func(context.Context) error {
			most.Store(max(most.Load(), running.Add(1)))
			defer running.Add(-1)
			<-time.After(time.Second)
			return nil
		}
		g := newGateway(nil, next)
		g.count("a", 1)
		for range 5 {
			go func() { _ = g.Flush(t.Context()) }()
		}
		synctest.Wait()
		short, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		require.ErrorIs(t, g.Flush(short), context.DeadlineExceeded, "it waits for its turn")
		require.ErrorIs(t, g.Flush(short), context.DeadlineExceeded)
		pass(5 * time.Second)
		require.NoError(t, g.Shutdown(t.Context()))
		require.EqualValues(t, 1, most.Load())
		require.Len(t, g.why, 6)
	})
}

func TestShutdownEndsTheFlushUnderWayAndSendsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		next := newBackend()
		held := false
		next.onSend = func(ctx context.Context) error {
			if held {
				return nil
			}
			held = true
			<-ctx.Done()
			return ctx.Err()
		}
		g := newGateway(nil, next)
		g.start(t)
		g.count("a", 1)
		pass(21 * time.Second) // the first flush hangs
		require.NoError(t, g.Shutdown(t.Context()))
		require.Equal(t, map[string]int{"a": 1}, next.values)
	})
}

func TestShutdownGivesUpWhenItsContextEnds(t *testing.T) {
	for name, started := range map[string]bool{"started": true, "not started": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				next, d := newBackend(), newDisk()
				release := make(chan struct{})
				next.onSend = func(context.Context) error {
					<-release
					return nil
				}
				g := newGateway(d, next)
				g.count("a", 1)
				if started {
					g.start(t)
					pass(21 * time.Second)
				}
				for range 2 {
					ctx, cancel := context.WithTimeout(t.Context(), time.Second)
					defer cancel()
					require.ErrorIs(t, g.Shutdown(ctx), context.DeadlineExceeded)
				}
				close(release)
				synctest.Wait()
				require.Len(t, g.why, 1, "nothing more was begun")
				require.Zero(t, d.open)
			})
		})
	}
}

func TestHooksMayBeAbsent(t *testing.T) {
	g := newGateway(nil, newBackend())
	set := g.set
	set.OnFlush, set.OnSave = nil, nil
	require.NoError(t, NewRunner(set, newCounters(), newBackend()).Shutdown(t.Context()))
}
