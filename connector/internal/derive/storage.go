package derive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension/xextension/storage"
	"go.uber.org/zap"
)

const (
	manifestKey = "manifest"
	statePrefix = "state/"
	format      = 1 // of the layout that the package documentation shows
)

// manifest says what the rest of the storage is.
type manifest struct {
	Format      int      `json:"format"`
	Fingerprint string   `json:"fingerprint"`
	Void        bool     `json:"void,omitempty"` // older than what was sent
	Keys        []string `json:"keys"`
}

// openStorage opens what the extension keeps for the connector.
func openStorage(ctx context.Context, host component.Host, id, connector component.ID) (storage.Client, error) {
	extensions := host.GetExtensions()
	found, exists := extensions[id]
	if extension, ok := found.(storage.Extension); ok {
		client, err := extension.GetClient(ctx, component.KindConnector, connector, "")
		if err != nil {
			return nil, fmt.Errorf("storage: %q: %w", id, err)
		}
		return client, nil
	}
	var able []string
	for id, e := range extensions {
		if _, ok := e.(storage.Extension); ok {
			able = append(able, fmt.Sprintf("%q", id))
		}
	}
	slices.Sort(able)
	problem := "is not an extension of the service that keeps state"
	if exists {
		problem = "is an extension of the service, but not one that keeps state"
	}
	allowed := "none of them does: list one, such as file_storage, in service.extensions"
	if len(able) > 0 {
		allowed = "those that do are " + strings.Join(able, ", ")
	}
	return nil, fmt.Errorf("storage: %q %s; %s", id, problem, allowed)
}

// kept is the state of a source in a storage. It is used by one goroutine at a time.
type kept struct {
	client      storage.Client
	source      Source
	fingerprint string
	logger      *zap.Logger

	manifest []byte              // as it is stored; nil if that is not known
	stored   map[string]struct{} // keys whose value in the storage holds
	stale    []string            // keys whose value does not
	unsaved  map[string][]byte   // what the source gave and no batch has taken yet
}

func newKept(client storage.Client, source Source, fingerprint string, logger *zap.Logger) *kept {
	return &kept{
		client: client, source: source, fingerprint: fingerprint, logger: logger,
		stored: map[string]struct{}{}, unsaved: map[string][]byte{},
	}
}

// load gives the source what was kept, all or nothing. Whatever is wrong with it is
// logged and not a reason to count nothing from now on.
func (k *kept) load(ctx context.Context) {
	data, err := k.client.Get(ctx, manifestKey)
	if err == nil && data == nil {
		return
	}
	var m manifest
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		err = fmt.Errorf("%q: %w", manifestKey, err)
	} else if m.Format == format && m.Fingerprint == k.fingerprint && !m.Void {
		err = k.read(ctx, m.Keys)
	}
	switch {
	case err != nil:
		k.logger.Error("state cannot be read, counters begin anew", zap.Error(err))
	case m.Format != format || m.Fingerprint != k.fingerprint:
		k.logger.Warn("state is of another configuration, counters begin anew",
			zap.String("state", m.Fingerprint), zap.String("configuration", k.fingerprint))
	case m.Void:
		k.logger.Warn("state is older than what was sent, counters begin anew")
	default:
		k.manifest = data
		for _, key := range m.Keys {
			k.stored[key] = struct{}{}
		}
		return
	}
	k.stale = m.Keys
}

func (k *kept) read(ctx context.Context, keys []string) error {
	ops := make([]*storage.Operation, len(keys))
	for i, key := range keys {
		ops[i] = storage.GetOperation(statePrefix + key)
	}
	if err := k.client.Batch(ctx, ops...); err != nil {
		return err
	}
	state := make(map[string][]byte, len(keys))
	var missing []error
	for i, key := range keys {
		if ops[i].Value == nil {
			missing = append(missing, fmt.Errorf("%q is listed in %q, but missing", ops[i].Key, manifestKey))
		}
		state[key] = ops[i].Value
	}
	if len(missing) > 0 {
		return errors.Join(missing...)
	}
	return k.source.Load(state)
}

// save writes what the source has changed, and what could not be written before, in
// one batch. It returns how many bytes of state that was. In a storage whose batches
// are not atomic, values come before the manifest that lists them.
func (k *kept) save(ctx context.Context) (size int, err error) {
	keys, err := k.collect()
	if err != nil {
		return 0, err
	}
	m := manifest{Format: format, Fingerprint: k.fingerprint, Keys: []string{}}
	var ops, deletes []*storage.Operation
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		data, unsaved := k.unsaved[key]
		if unsaved {
			size += len(data)
			ops = append(ops, storage.SetOperation(statePrefix+key, data))
		}
		if _, stored := k.stored[key]; stored || unsaved {
			m.Keys = append(m.Keys, key)
		}
	}
	for _, key := range slices.Concat(slices.Sorted(maps.Keys(k.stored)), k.stale) {
		if _, found := slices.BinarySearch(m.Keys, key); !found {
			deletes = append(deletes, storage.DeleteOperation(statePrefix+key))
		}
	}
	data, err := json.Marshal(m)
	if err != nil {
		return size, err
	}
	if !bytes.Equal(data, k.manifest) {
		ops = append(ops, storage.SetOperation(manifestKey, data))
	}
	if ops = append(ops, deletes...); len(ops) == 0 {
		return 0, nil
	}
	if err := k.client.Batch(ctx, ops...); err != nil {
		k.manifest = nil // a part of the batch may have been written
		return size, err
	}
	k.manifest, k.stale = data, nil
	clear(k.unsaved)
	clear(k.stored)
	for _, key := range m.Keys {
		k.stored[key] = struct{}{}
	}
	return size, nil
}

// collect adds what the source has changed to unsaved, and returns all its keys.
func (k *kept) collect() (map[string]struct{}, error) {
	keys := map[string]struct{}{}
	var errs []error
	for _, key := range k.source.Keys() {
		keys[key] = struct{}{}
		data, changed, err := k.source.Save(key)
		if err != nil {
			errs = append(errs, fmt.Errorf("%q: %w", statePrefix+key, err))
		} else if changed {
			k.unsaved[key] = data
		}
	}
	maps.DeleteFunc(k.unsaved, func(key string, _ []byte) bool {
		_, exists := keys[key]
		return !exists
	})
	return keys, errors.Join(errs...)
}

// invalidate marks what is stored as void. It lists the keys, so that they can be
// deleted.
func (k *kept) invalidate(ctx context.Context) error {
	keys := slices.Concat(slices.Sorted(maps.Keys(k.stored)), k.stale)
	data, err := json.Marshal(manifest{Format: format, Fingerprint: k.fingerprint, Void: true, Keys: keys})
	if err != nil {
		return err
	}
	k.manifest = nil
	return k.client.Set(ctx, manifestKey, data)
}
