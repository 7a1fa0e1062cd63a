package redconnector

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"sync"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"
)

var errFull = errors.New("no space left")

// disk is a storage extension in memory, and its only client. It outlives the gateway.
type disk struct {
	component.StartFunc
	component.ShutdownFunc

	mu      sync.Mutex
	content map[string][]byte
	full    bool // there is no room but for one value in place of another
}

var (
	_ storage.Extension = (*disk)(nil)
	_ storage.Client    = (*disk)(nil)
)

func newDisk() *disk { return &disk{content: map[string][]byte{}} }

// copy is the disk as a gateway finds it that starts after a kill.
func (d *disk) copy() *disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	return &disk{content: maps.Clone(d.content)}
}

func (d *disk) setFull(full bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.full = full
}

func (d *disk) GetClient(context.Context, component.Kind, component.ID, string) (storage.Client, error) {
	return d, nil
}

func (d *disk) Get(ctx context.Context, key string) ([]byte, error) {
	op := storage.GetOperation(key)
	err := d.Batch(ctx, op)
	return op.Value, err
}

func (d *disk) Set(_ context.Context, key string, value []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.content[key] = bytes.Clone(value)
	return nil
}

func (d *disk) Delete(ctx context.Context, key string) error {
	return d.Batch(ctx, storage.DeleteOperation(key))
}

func (d *disk) Batch(_ context.Context, ops ...*storage.Operation) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, op := range ops {
		switch {
		case op.Type == storage.Get:
			op.Value = bytes.Clone(d.content[op.Key])
		case d.full:
			return errFull
		case op.Type == storage.Set:
			d.content[op.Key] = bytes.Clone(op.Value)
		default:
			delete(d.content, op.Key)
		}
	}
	return nil
}

func (*disk) Close(context.Context) error { return nil }
