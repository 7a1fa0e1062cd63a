package rolling

import (
	"encoding/binary"

	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// Key says which entity an identifier belongs to. Start begins a new one, and the
// values of all labels must follow, in their order. It copies what it is given and is
// meant to be used again: then it does not allocate.
//
//	text   metric (2 bytes)  { length (2)  value } for service, namespace, environment, and each label
type Key struct {
	text   []byte
	other  []byte // the text with labels replaced
	labels int    // where the labels begin in text
}

const identityValues = 3

// Start begins the key of an entity of the metric.
func (k *Key) Start(metric int, id series.Identity) {
	k.text = binary.LittleEndian.AppendUint16(k.text[:0], uint16(metric))
	k.text = appendValue(k.text, id.Service)
	k.text = appendValue(k.text, id.Namespace)
	k.text = appendValue(k.text, id.Environment)
	k.labels = len(k.text)
}

// Add gives the next label its value, as series.LabelValue makes it valid.
func (k *Key) Add(value string) { k.text = appendValue(k.text, series.LabelValue(value)) }

// AddBytes is Add of a value that is short and valid.
func (k *Key) AddBytes(value []byte) { k.text = appendValue(k.text, value) }

func appendValue[T string | []byte](b []byte, value T) []byte {
	b = binary.LittleEndian.AppendUint16(b, uint16(len(value)))
	return append(b, value...)
}

func (k *Key) hasLabels() bool { return len(k.text) > k.labels }

// blurLabels replaces all label values by "other".
func (k *Key) blurLabels() []byte {
	k.other = append(k.other[:0], k.text[:k.labels]...)
	return k.appendOthers(k.text[k.labels:])
}

// blurAll replaces the service and all label values by "other".
func (k *Key) blurAll() []byte {
	k.other = append(k.other[:0], k.text[:2]...)
	return k.appendOthers(k.text[2:])
}

func (k *Key) appendOthers(values []byte) []byte {
	for len(values) > 0 {
		values = values[2+binary.LittleEndian.Uint16(values):]
		k.other = appendValue(k.other, telemetry.Other)
	}
	return k.other
}

// parse reads the text of a key: the metric and its values. It reports whether the
// text is one of a key.
func parse(text string) (metric int, values []string, ok bool) {
	number := func() int {
		if len(text) < 2 {
			return -1
		}
		n := int(text[0]) | int(text[1])<<8
		text = text[2:]
		return n
	}
	if metric = number(); metric < 0 {
		return 0, nil, false
	}
	for len(text) > 0 {
		n := number()
		if n < 0 || n > len(text) {
			return 0, nil, false
		}
		values = append(values, text[:n])
		text = text[n:]
	}
	return metric, values, len(values) >= identityValues
}
