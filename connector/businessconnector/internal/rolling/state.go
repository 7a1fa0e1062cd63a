package rolling

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/readygate/readygate/internal/distinct"
)

// parts is the number of parts of the state. With a flush every 15 seconds each
// is saved every 4 minutes, if it changed.
const parts = 16

// part is some of the entities.
type part struct {
	changed atomic.Bool // since it was saved
	due     atomic.Bool // its turn came, and it was not asked for yet
}

// KeyPrefix is what all keys of the state begin with.
const KeyPrefix = "distinct/"

// kept is an entity on disk.
type kept struct {
	Metric  string
	Key     string // from the metric's number on
	Windows []byte
}

// Keys names the parts of the state.
func (t *Table) Keys() []string {
	keys := make([]string, parts)
	for i := range keys {
		keys[i] = KeyPrefix + strconv.Itoa(i)
	}
	return keys
}

// SaveAll makes every Save from now on return what changed, as there will be no other
// turn.
func (t *Table) SaveAll() { t.saveAll.Store(true) }

// Save returns a part of the state, or false if it did not change, or if it is not
// its turn.
func (t *Table) Save(key string) (data []byte, changed bool, err error) {
	i := slices.Index(t.Keys(), key)
	if i < 0 {
		return nil, false, fmt.Errorf("state %q: there is no such part", key)
	}
	p := &t.parts[i]
	if !p.due.Swap(false) && !t.saveAll.Load() || !p.changed.Swap(false) {
		return nil, false, nil
	}
	if data, err = t.encode(p); err != nil {
		p.changed.Store(true)
		return nil, false, fmt.Errorf("state %q: %w", key, err)
	}
	return data, true, nil
}

func (t *Table) encode(p *part) ([]byte, error) {
	all := []kept{}
	for _, e := range t.all() {
		if e.part != p {
			continue
		}
		e.mu.Lock()
		windows, err := e.windows.AppendBinary(nil)
		gone := e.gone
		e.mu.Unlock()
		if err != nil {
			return nil, err
		}
		if !gone {
			all = append(all, kept{e.metric.Name, e.key[2:], windows})
		}
	}
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(all)
	return b.Bytes(), err
}

// Loaded is what was kept, read and checked.
type Loaded struct {
	keys    []Key
	windows []*distinct.Windows
}

// Decode reads what was kept by a table with the same metrics: this one before a
// restart, or that of another gateway that hashes identifiers with the same key.
func (t *Table) Decode(state map[string][]byte) (*Loaded, error) {
	numbers := map[string]int{}
	for i, m := range t.Metrics {
		numbers[m.Name] = i
	}
	loaded := &Loaded{}
	for part, data := range state {
		var all []kept
		if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&all); err != nil {
			return nil, fmt.Errorf("state %q: %w", part, err)
		}
		for _, entry := range all {
			key, windows, err := t.decode(entry, numbers)
			if err != nil {
				return nil, fmt.Errorf("state %q: %w", part, err)
			}
			loaded.keys, loaded.windows = append(loaded.keys, key), append(loaded.windows, windows)
		}
	}
	return loaded, nil
}

// Merge adds what Decode of this table read. Identifiers that both have seen count
// once.
func (t *Table) Merge(loaded *Loaded) {
	for i := range loaded.keys {
		e, _ := t.admit(&loaded.keys[i])
		e.mu.Lock()
		err := e.windows.Merge(loaded.windows[i])
		e.mu.Unlock()
		if err != nil {
			panic(err) // decode has compared them
		}
		e.part.changed.Store(true)
	}
}

func (t *Table) decode(entry kept, numbers map[string]int) (k Key, windows *distinct.Windows, err error) {
	number, found := numbers[entry.Metric]
	if !found {
		return k, nil, fmt.Errorf("metric %q: there is no such metric", entry.Metric)
	}
	k.text = append(k.text, byte(number), byte(number>>8))
	k.text = append(k.text, entry.Key...)
	_, values, ok := parse(string(k.text))
	m := &t.Metrics[number]
	if want := identityValues + len(m.Labels) - 1; !ok || len(values) != want {
		return k, nil, fmt.Errorf("metric %q: %d label values, not %d", entry.Metric, len(values), want)
	}
	k.labels = 2 + 2*identityValues + len(strings.Join(values[:identityValues], ""))
	windows = &distinct.Windows{}
	if err := windows.UnmarshalBinary(entry.Windows); err != nil {
		return k, nil, fmt.Errorf("metric %q: %w", entry.Metric, err)
	}
	own, err := distinct.NewWindows(t.Precision, m.Windows...)
	if err == nil {
		err = own.Merge(windows)
	}
	if err != nil {
		return k, nil, fmt.Errorf("metric %q: %w", entry.Metric, err)
	}
	return k, windows, nil
}
