package distinct

import (
	"encoding/binary"
	"fmt"
	"time"
)

// The binary form of windows:
//
//	version 1 | precision 1 | windows, their number 1 | each window in minutes 4
//	| newest time in ticks 8 | for each window its slots, oldest first: a Sketch's body
//
// Numbers are big-endian. Windows that hold the same slots have equal bytes.

// AppendBinary appends the binary form of the windows: about 3 bytes for each
// empty slot, and what Sketch.AppendBinary says for the others.
func (w *Windows) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, version, w.precision, byte(len(w.rings)))
	for _, length := range w.lengths() {
		b = binary.BigEndian.AppendUint32(b, uint32(length/time.Minute))
	}
	b = binary.BigEndian.AppendUint64(b, uint64(w.head))
	for i := range w.rings {
		for age := Slots - 1; age >= 0; age-- {
			b = w.rings[i].slot(age).appendBody(b)
		}
	}
	return b, nil
}

// UnmarshalBinary replaces what the windows hold by what AppendBinary wrote for
// the same precision and the same windows; the zero Windows become what was
// written. Anything else is an error, and then nothing changes. It allocates no
// more than the slots need.
func (w *Windows) UnmarshalBinary(data []byte) error {
	read, err := parseWindows(data)
	if err == nil && w.rings != nil {
		err = w.same(read)
	}
	if err != nil {
		return fmt.Errorf("windows of distinct values: %w", err)
	}
	*w = *read
	return nil
}

func parseWindows(data []byte) (*Windows, error) {
	switch {
	case len(data) < 3 || len(data) < 3+4*int(data[2])+8:
		return nil, errShort
	case data[0] != version:
		return nil, fmt.Errorf("version %d: allowed is %d", data[0], version)
	}
	lengths := make([]time.Duration, data[2])
	precision, data := data[1], data[3:]
	for i := range lengths {
		lengths[i] = time.Duration(binary.BigEndian.Uint32(data)) * time.Minute
		data = data[4:]
	}
	w, err := NewWindows(precision, lengths...)
	if err != nil {
		return nil, err
	}
	w.head, data = int64(binary.BigEndian.Uint64(data)), data[8:]
	if w.head != never && (w.head < floor(-clockEnd, w.tick) || w.head > floor(clockEnd, w.tick)) {
		return nil, fmt.Errorf("newest time %d: it is beyond the clock", w.head)
	}
	for i := range w.rings {
		for age := Slots - 1; age >= 0; age-- {
			if data, err = w.rings[i].slot(age).parseBody(data); err != nil {
				return nil, fmt.Errorf("window %s, slot %d: %w", lengths[i], age, err)
			}
		}
	}
	if len(data) > 0 {
		return nil, fmt.Errorf("%d bytes follow them", len(data))
	}
	return w, nil
}
