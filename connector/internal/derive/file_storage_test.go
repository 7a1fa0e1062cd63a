package derive

import (
	"context"
	"os"
	"testing"

	"github.com/open-telemetry/opentelemetry-collector-contrib/extension/storage/filestorage"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/extension/extensiontest"
	"go.opentelemetry.io/collector/extension/xextension/storage"
)

// newFileStorage starts the extension that most gateways will use.
func newFileStorage(t *testing.T, directory string, maxSize int64) component.Component {
	t.Helper()
	factory := filestorage.NewFactory()
	cfg := factory.CreateDefaultConfig().(*filestorage.Config)
	cfg.Directory, cfg.MaxSize = directory, maxSize
	ext, err := factory.Create(t.Context(), extensiontest.NewNopSettings(factory.Type()), cfg)
	require.NoError(t, err)
	require.NoError(t, ext.Start(t.Context(), componenttest.NewNopHost()))
	t.Cleanup(func() { require.NoError(t, ext.Shutdown(context.Background())) })
	return ext
}

func TestTheFileStorageExtensionKeepsTheState(t *testing.T) {
	directory := t.TempDir()
	ext := newFileStorage(t, directory, 0)

	for n := 1; n <= 3; n++ {
		g := newGateway(newDisk(), newBackend())
		g.host = extensions{storageID: ext}
		g.start(t)
		g.count("a", 1)
		require.Equal(t, n, g.counts["a"])
		require.NoError(t, g.Flush(t.Context()))
		require.NoError(t, g.Shutdown(t.Context()))
		require.Empty(t, g.messages())
	}
	files, err := os.ReadDir(directory)
	require.NoError(t, err)
	require.Len(t, files, 1)
	require.Equal(t, "connector_red_", files[0].Name())
}

func TestAFileThatIsFullIsMarkedAsVoid(t *testing.T) {
	ext := newFileStorage(t, t.TempDir(), 256<<10)
	open := func() *gateway {
		g := newGateway(newDisk(), newBackend())
		g.host = extensions{storageID: ext}
		return g
	}

	g := open()
	g.start(t)
	g.count("a", 1)
	require.NoError(t, g.Flush(t.Context()))
	large := &padded{counters: g.counters}
	g.kept.source, g.source = large, large
	require.NoError(t, g.Flush(t.Context()))
	require.ErrorIs(t, g.saves[1], storage.ErrStorageFull)
	require.Len(t, g.messages(), 1, "the file had room for the mark")
	require.ErrorIs(t, g.Shutdown(t.Context()), storage.ErrStorageFull)

	again := open()
	again.start(t)
	require.Empty(t, again.counts)
	require.Equal(t, []string{"warn: state is older than what was sent, counters begin anew"}, again.messages())
	require.NoError(t, again.Shutdown(t.Context()))
}

// padded has a state that is larger than the file may become.
type padded struct{ *counters }

func (p *padded) Save(key string) ([]byte, bool, error) {
	data, changed, err := p.counters.Save(key)
	return append(data, make([]byte, 1<<20)...), changed, err
}
