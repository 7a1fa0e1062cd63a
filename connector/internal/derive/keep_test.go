package derive

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/extension/xextension/storage"
	"go.uber.org/zap"

	"github.com/readygate/readygate/internal/series"
)

// A gateway that is killed when something was sent finds a state with at least what
// was sent, or none, whatever was refused before by the storage or by the consumer.
func TestWhatWasSentIsNeverNewerThanWhatIsKept(t *testing.T) {
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 0))
		d, next := newDisk(), newBackend()
		d.onWrite = func(_ context.Context, ops []*storage.Operation) error {
			if !isMark(ops) && random.IntN(20) == 0 {
				return errFull
			}
			return nil
		}
		g := newGateway(d, next)
		next.onSend = func(context.Context) error {
			for _, key := range g.Keys() {
				g.count(key, random.IntN(3)) // it goes on while something is sent
			}
			if random.IntN(4) == 0 {
				return errRefused
			}
			return nil
		}
		var held, void int
		next.onSent = func() {
			found := find(d)
			if found == nil {
				void++
				return
			}
			held++
			for key, value := range next.values {
				require.GreaterOrEqual(t, found[key], value, "seed %d: %s when there was\n%s", seed, key, dump(d))
			}
		}
		g.start(t)
		for range 10 {
			g.count(fmt.Sprint(random.IntN(5)), 1)
			_ = g.Flush(t.Context())
		}
		require.Greater(t, held, void, "seed %d", seed)

		d.onWrite = func(context.Context, []*storage.Operation) error { return nil }
		next.onSend = func(context.Context) error { return errRefused }
		require.ErrorIs(t, g.Shutdown(t.Context()), errRefused)
		require.Equal(t, g.counts, find(d), "seed %d: all that failed is saved in the end", seed)
	}
}

// find is what a gateway finds that starts now, or nil.
func find(d *disk) map[string]int {
	c := newCounters()
	c.counts = nil
	newKept(d, c, "a", zap.NewNop()).load(context.Background())
	return c.counts
}

func TestAFullDiskKeepsNoMetricsBack(t *testing.T) {
	d, next := newDisk(), newBackend()
	writes := 0
	d.onWrite = func(context.Context, []*storage.Operation) error {
		if writes++; writes == 3 {
			return errFull
		}
		return nil
	}
	g := newGateway(d, next)
	g.start(t)
	g.count("a", 1)
	g.count("b", 1)
	require.NoError(t, g.Flush(t.Context()))
	require.Equal(t, 2, writes)

	g.count("a", 1)
	g.count("b", 1)
	require.NoError(t, g.Flush(t.Context()))
	require.Equal(t, map[string]int{"a": 2, "b": 2}, next.values, "sent all the same")
	require.Equal(t, 4, writes, "the state is marked as void, and the flush tries no more")
	require.Equal(t, []error{nil, nil, errFull}, g.saves)
	require.Equal(t, []string{"error: the state cannot be saved; metrics are sent all the same: no space left"}, g.messages())
	again := restart(t, d.copy())
	require.Empty(t, again.counts)
	require.Equal(t, []string{"warn: state is older than what was sent, counters begin anew"}, again.messages())

	require.NoError(t, g.Flush(t.Context()))
	require.Equal(t, map[string]int{"a": 2, "b": 2}, restart(t, d.copy()).counts, "what failed is saved by the next")
	require.NoError(t, g.Shutdown(t.Context()))
}

func TestAStateThatCannotBeMarkedIsReported(t *testing.T) {
	d, next := newDisk(), newBackend()
	d.onWrite = func(context.Context, []*storage.Operation) error { return errFull }
	g := newGateway(d, next)
	g.start(t)
	g.count("a", 1)
	require.NoError(t, g.Flush(t.Context()))
	require.Equal(t, map[string]int{"a": 1}, next.values)
	require.Len(t, g.messages(), 2)
	require.Contains(t, g.messages()[1], "counts from before are counted twice: no space left")
	require.ErrorIs(t, g.Shutdown(t.Context()), errFull)
}

func TestWhatCannotBeKeptIsSentAtTheEnd(t *testing.T) {
	d, next := newDisk(), newBackend()
	g := newGateway(d, next)
	g.start(t)
	d.onWrite = func(context.Context, []*storage.Operation) error { return errFull }
	g.count("a", 1)
	require.ErrorIs(t, g.Shutdown(t.Context()), errFull)
	require.Equal(t, []series.Occasion{series.Pause, series.End}, g.why)
	require.Zero(t, d.open)
}

func TestAPartThatCannotBeEncodedMakesTheStateVoid(t *testing.T) {
	d, next := newDisk(), newBackend()
	g := newGateway(d, next)
	g.start(t)
	g.count("a", 1)
	require.NoError(t, g.Flush(t.Context()))
	g.count("a", -2)
	require.NoError(t, g.Flush(t.Context()))
	require.EqualError(t, g.saves[1], `"state/a": a count below 0`)
	require.Empty(t, restart(t, d.copy()).counts)
	g.count("a", 5)
	require.NoError(t, g.Shutdown(t.Context()))
	require.Equal(t, map[string]int{"a": 4}, restart(t, d).counts)
}

// hang is a storage that answers when its context ends.
func hang(ctx context.Context, _ []*storage.Operation) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestAStorageThatHangsDelaysWhatIsSentAndNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, next := newDisk(), newBackend()
		g := newGateway(d, next)
		g.start(t)
		d.onWrite = hang
		g.count("a", 1)
		g.count("b", 1)
		pass(20*time.Second + 15*time.Second + time.Millisecond)
		require.Equal(t, map[string]int{"a": 1, "b": 1}, next.values, "within an interval")
		require.Len(t, g.why, 1)

		g.count("a", 1)
		pass(20 * time.Second)
		require.Equal(t, map[string]int{"a": 2, "b": 1}, next.values, "and none is left out")

		ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
		defer cancel()
		g.count("a", 1)
		began := time.Now()
		require.ErrorIs(t, g.Shutdown(ctx), context.DeadlineExceeded)
		require.LessOrEqual(t, time.Since(began), 8*time.Second)
		require.Equal(t, map[string]int{"a": 3, "b": 1}, next.values)
		synctest.Wait()
		require.Zero(t, d.open)
	})
}

func TestASaveThatShutdownEndsIsNoFailureOfTheStorage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, next := newDisk(), newBackend()
		g := newGateway(d, next)
		g.start(t)
		writes := 0
		d.onWrite = func(ctx context.Context, ops []*storage.Operation) error {
			if writes++; writes == 1 {
				return hang(ctx, ops)
			}
			return nil
		}
		g.count("a", 1)
		pass(21 * time.Second) // the first flush saves
		require.NoError(t, g.Shutdown(t.Context()))
		require.Equal(t, []error{nil}, g.saves)
		require.Equal(t, map[string]int{"a": 1}, next.values)
		require.Equal(t, map[string]int{"a": 1}, restart(t, d).counts)
	})
}

func TestNothingIsSavedWhenTheTimeOfShutdownIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, next := newDisk(), newBackend()
		next.onSend = func(context.Context) error {
			<-time.After(time.Minute)
			return nil
		}
		g := newGateway(d, next)
		g.start(t)
		g.count("a", 1)
		g.count("b", 1) // the next part, which nothing is begun for
		require.ErrorIs(t, errOf(g.Shutdown, time.Second), context.DeadlineExceeded)
		require.Equal(t, map[string]int{"a": 1}, find(d), "saved before it was sent")
		pass(2 * time.Minute)
		require.Equal(t, map[string]int{"a": 1}, find(d), "another gateway may be writing there")
		require.Zero(t, d.open)
	})
}

// errOf is what Shutdown returns if it is given so long.
func errOf(shutdown func(context.Context) error, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	return shutdown(ctx)
}
