package series

import (
	"encoding/binary"
	"unicode/utf8"

	"github.com/readygate/readygate/internal/telemetry"
)

// Key says which entity an observation belongs to: its owner, its group and the
// values of its labels. It copies what it is given, and is meant to be used
// again and again: then it does not allocate. It belongs to one goroutine.
//
//	text   owner (8 bytes)  group (1)  { length (2)  value } for each label
type Key struct {
	owner *Owner
	group *Group
	text  []byte
	other []byte // the text in the making, where labels are replaced
	begun int    // where the value of Buffer begins
}

const keyHeader = 9

// Start begins the key of an entity of the group. The values of all labels must
// follow, in their order.
func (k *Key) Start(o *Owner, g *Group) {
	k.owner, k.group = o, g
	k.text = append(k.text[:0], make([]byte, keyHeader)...)
	setHeader(k.text, o.id, g.index)
}

func setHeader(text []byte, id uint64, group uint8) {
	binary.LittleEndian.PutUint64(text, id)
	text[keyHeader-1] = group
}

// Add gives the next label its value, as LabelValue makes it valid.
func (k *Key) Add(value string) {
	k.text = appendValue(k.text, LabelValue(value))
}

// AddKnown is Add for a value that is valid, as those of closed sets are.
func (k *Key) AddKnown(value string) {
	k.text = appendValue(k.text, value)
}

func appendValue(b []byte, value string) []byte {
	b = append(b, byte(len(value)), byte(len(value)>>8))
	return append(b, value...)
}

// Buffer is for a value that is built from parts: append the value to what it
// returns and hand the result to AddBuffer, with nothing in between.
func (k *Key) Buffer() []byte {
	k.text = append(k.text, 0, 0)
	k.begun = len(k.text)
	return k.text
}

// AddBuffer gives the next label the value that was appended to Buffer.
func (k *Key) AddBuffer(b []byte) {
	value := b[k.begun:]
	if len(value) > MaxLabelValue || !utf8.Valid(value) {
		repaired := LabelValue(string(value))
		b = append(b[:k.begun], repaired...)
		value = b[k.begun:]
	}
	b[k.begun-2], b[k.begun-1] = byte(len(value)), byte(len(value)>>8)
	k.text = b
}

// values walks over the label values of a key's text.
type values struct{ rest string }

func valuesOf(text string) values { return values{text[keyHeader:]} }

func (v *values) next() string {
	n := int(v.rest[0]) | int(v.rest[1])<<8
	value := v.rest[2 : 2+n]
	v.rest = v.rest[2+n:]
	return value
}

// blur replaces by "other" what replace says of each open label and its value.
// A key whose labels are all kept stays as it is.
func (k *Key) blur(replace func(label int, value []byte) bool) {
	k.other = append(k.other[:0], k.text[:keyHeader]...)
	rest := k.text[keyHeader:]
	for i, l := range k.group.Labels {
		n := 2 + int(rest[0]) + int(rest[1])<<8
		if l.Open && replace(i, rest[2:n]) {
			k.other = appendValue(k.other, telemetry.Other)
		} else {
			k.other = append(k.other, rest[:n]...)
		}
		rest = rest[n:]
	}
	k.text, k.other = k.other, k.text
}
