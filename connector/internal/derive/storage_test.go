package derive

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"

	"github.com/readygate/readygate/internal/golden"

	"github.com/readygate/readygate/internal/series"
)

// deaf is an extension that is no storage.
type deaf struct {
	component.StartFunc
	component.ShutdownFunc
}

func TestAStorageThatDoesNotOpenIsAnErrorOfStart(t *testing.T) {
	locked := newDisk()
	locked.openErr = errors.New("timeout")
	other := component.MustNewIDWithName("disk", "other")
	var b strings.Builder
	for _, host := range []extensions{
		nil,
		{storageID: &deaf{}},
		{storageID: &deaf{}, other: newDisk(), component.MustNewID("disk"): newDisk()},
		{other: newDisk()},
		{storageID: locked},
	} {
		g := newGateway(newDisk(), newBackend())
		g.host = host
		b.WriteString(g.Start(t.Context(), host).Error() + "\n")
		require.NoError(t, g.Shutdown(t.Context()))
	}
	golden.File(t, "testdata/open.txt", []byte(b.String()))
}

func TestTheStateIsThatOfTheConnector(t *testing.T) {
	d := newDisk()
	g := newGateway(d, newBackend())
	g.start(t)
	require.Equal(t, `Connector red ""`, d.owner)
	require.NoError(t, g.Shutdown(t.Context()))
	require.Zero(t, d.open)
}

// restart starts a gateway with what is on the disk.
func restart(t *testing.T, d *disk) *gateway {
	t.Helper()
	g := newGateway(d, newBackend())
	g.start(t)
	t.Cleanup(func() { require.NoError(t, g.Shutdown(context.Background())) })
	return g
}

func TestCountsGoOnAfterARestart(t *testing.T) {
	d, next := newDisk(), newBackend()
	g := newGateway(d, next)
	g.start(t)
	g.count("a", 1)
	g.count("b", 2)
	require.NoError(t, g.Flush(t.Context()))
	require.Equal(t, 2, d.batches, "one for each part of the flush")
	require.NoError(t, g.Flush(t.Context()))
	g.count("b", 5)
	next.onSend = func(context.Context) error { return errRefused }
	require.ErrorIs(t, g.Shutdown(t.Context()), errRefused)
	require.Equal(t, []series.Occasion{series.Interval, series.Interval, series.Pause}, g.why, "the state is kept, so it is not the last")
	for _, err := range g.saves {
		require.NoError(t, err)
	}

	again := restart(t, d.copy())
	require.Equal(t, map[string]int{"a": 1, "b": 7}, again.counts)
	require.Empty(t, again.messages())
}

func TestAKilledGatewayGoesOnWithWhatItSavedBeforeItLastSent(t *testing.T) {
	d, next := newDisk(), newBackend()
	g := newGateway(d, next)
	var killed *disk
	next.onSend = func(context.Context) error {
		killed = d.copy()
		return nil
	}
	g.start(t)
	g.count("a", 3)
	require.NoError(t, g.Flush(t.Context()))
	g.count("a", 4) // nobody will know
	require.Equal(t, map[string]int{"a": 3}, next.values)
	require.Equal(t, map[string]int{"a": 3}, restart(t, killed).counts)
	require.NoError(t, g.Shutdown(t.Context()))
}

// What is on a disk: a case is a folder of the archive, with a file for each key.
func TestOnlyStateThatHoldsIsLoaded(t *testing.T) {
	for _, c := range readDisks(t, "testdata/disks.txtar") {
		t.Run(c.name, func(t *testing.T) {
			d := newDisk()
			d.content = c.content
			g := newGateway(d, newBackend())
			g.start(t)
			loaded, err := json.Marshal(g.counts)
			require.NoError(t, err)
			text := "counts: " + string(loaded) + "\n"
			for _, m := range g.messages() {
				text += m + "\n"
			}
			clear(g.counts)
			g.count("a", 1)
			require.NoError(t, g.Shutdown(t.Context()))
			text += dump(d)
			golden.Section(t, "testdata/disks.txtar", c.name+"/out", text)
			require.Equal(t, map[string]int{"a": 1}, restart(t, d).counts)
		})
	}
}

func TestAnErrorOfReadingIsNoReasonNotToStart(t *testing.T) {
	for name, broken := range map[string]string{"manifest": manifestKey, "state": statePrefix + "a"} {
		t.Run(name, func(t *testing.T) {
			d := newDisk()
			g := newGateway(d, newBackend())
			g.start(t)
			g.count("a", 1)
			require.NoError(t, g.Shutdown(t.Context()))

			again := newGateway(d, newBackend())
			again.host = extensions{storageID: &unreadable{disk: d, key: broken}}
			again.start(t)
			require.Empty(t, again.counts)
			require.Len(t, again.messages(), 1)
			require.Contains(t, again.messages()[0], "error: state cannot be read, counters begin anew: ")
			require.NoError(t, again.Shutdown(t.Context()))
		})
	}
}

// unreadable is a disk of which one value cannot be read.
type unreadable struct {
	*disk
	key string
}

func (u *unreadable) GetClient(context.Context, component.Kind, component.ID, string) (storage.Client, error) {
	return u, nil
}

func (u *unreadable) Get(ctx context.Context, key string) ([]byte, error) {
	if key == u.key {
		return nil, errors.New("bad sector")
	}
	return u.disk.Get(ctx, key)
}

func (u *unreadable) Batch(ctx context.Context, ops ...*storage.Operation) error {
	if ops[0].Type == storage.Get && ops[0].Key == u.key {
		return errors.New("bad sector")
	}
	return u.disk.Batch(ctx, ops...)
}

func TestAKeyThatIsGoneIsDeleted(t *testing.T) {
	d := newDisk()
	g := newGateway(d, newBackend())
	g.start(t)
	g.count("a", 1)
	g.count("b", 1)
	require.NoError(t, g.Flush(t.Context()))
	g.count("b", 1)
	d.onWrite = func(context.Context, []*storage.Operation) error { return errFull }
	require.NoError(t, g.Flush(t.Context()))
	require.NoError(t, g.Flush(t.Context()))
	require.Contains(t, g.kept.unsaved, "b")
	g.forget("b")
	require.NoError(t, g.Flush(t.Context()))
	require.NotContains(t, g.kept.unsaved, "b")
	d.onWrite = func(context.Context, []*storage.Operation) error { return nil }
	require.NoError(t, g.Shutdown(t.Context()))
	require.NotContains(t, d.content, statePrefix+"b")
	require.Equal(t, map[string]int{"a": 1}, restart(t, d).counts)
}
