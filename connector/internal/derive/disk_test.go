package derive

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"
	"golang.org/x/tools/txtar"
)

// disk is a storage extension, and its only client. It outlives the gateway.
type disk struct {
	component.StartFunc
	component.ShutdownFunc

	mu      sync.Mutex
	content map[string][]byte
	batches int
	open    int
	owner   string                                                    // who opened it last
	onWrite func(ctx context.Context, ops []*storage.Operation) error // called first
	openErr error
}

func newDisk() *disk {
	return &disk{
		content: map[string][]byte{},
		onWrite: func(context.Context, []*storage.Operation) error { return nil },
	}
}

func (d *disk) GetClient(_ context.Context, kind component.Kind, id component.ID, name string) (storage.Client, error) {
	if d.openErr != nil {
		return nil, d.openErr
	}
	d.open++
	d.owner = fmt.Sprintf("%s %s %q", kind, id, name)
	return d, nil
}

// copy is the disk as a gateway finds it that starts after a kill.
func (d *disk) copy() *disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	copied := newDisk()
	copied.content = maps.Clone(d.content)
	return copied
}

func (d *disk) Get(ctx context.Context, key string) ([]byte, error) {
	op := storage.GetOperation(key)
	err := d.Batch(ctx, op)
	return op.Value, err
}

func (d *disk) Set(ctx context.Context, key string, value []byte) error {
	return d.Batch(ctx, storage.SetOperation(key, value))
}

func (d *disk) Delete(ctx context.Context, key string) error {
	return d.Batch(ctx, storage.DeleteOperation(key))
}

func (d *disk) Batch(ctx context.Context, ops ...*storage.Operation) error {
	if ops[0].Type != storage.Get {
		if err := d.onWrite(ctx, ops); err != nil {
			return err
		}
		d.batches++
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, op := range ops {
		switch op.Type {
		case storage.Get:
			op.Value = bytes.Clone(d.content[op.Key])
		case storage.Set:
			d.content[op.Key] = bytes.Clone(op.Value)
		case storage.Delete:
			delete(d.content, op.Key)
		}
	}
	return nil
}

func (d *disk) Close(context.Context) error {
	d.open--
	return nil
}

// isMark tells the mark that the state is void from what is saved.
func isMark(ops []*storage.Operation) bool {
	return len(ops) == 1 && ops[0].Key == manifestKey && bytes.Contains(ops[0].Value, []byte(`"void":true`))
}

// diskCase is what a gateway finds when it starts.
type diskCase struct {
	name    string
	content map[string][]byte
}

func readDisks(t *testing.T, path string) (cases []diskCase) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	require.NoError(t, err)
	for _, f := range archive.Files {
		name, key, found := strings.Cut(f.Name, "/")
		require.True(t, found, f.Name)
		if len(cases) == 0 || cases[len(cases)-1].name != name {
			cases = append(cases, diskCase{name, map[string][]byte{}})
		}
		if key != "out" {
			cases[len(cases)-1].content[key] = []byte(strings.TrimSuffix(string(f.Data), "\n"))
		}
	}
	return cases
}

// dump shows what is on the disk, one value a line.
func dump(d *disk) string {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(d.content)) {
		fmt.Fprintf(&b, "%s = %s\n", key, d.content[key])
	}
	return b.String()
}
