package distinct

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// The binary form of a sketch:
//
//	version 1 | precision 1 | body
//
// and its body, which also is a slot of Windows:
//
//	exact: 0 1 | hashes, their number 2 | hashes 8 each, ascending
//	dense: 1 1 | registers 6 bits each, four in three bytes
//
// Numbers are big-endian. Equal sketches have equal bytes.
const (
	version = 1

	kindExact = 0
	kindDense = 1
)

var errShort = errors.New("it ends too early")

// AppendBinary appends the binary form of the sketch: at most 8 KiB and 5 bytes
// while it is exact, 3/4 of 2^p bytes and 3 when it is dense.
func (s *Sketch) AppendBinary(b []byte) ([]byte, error) {
	return s.appendBody(append(b, version, s.precision)), nil
}

// UnmarshalBinary replaces the sketch, its precision included, by what
// AppendBinary wrote. Anything else is an error, and then the sketch does not
// change. It allocates no more than the sketch needs.
func (s *Sketch) UnmarshalBinary(data []byte) error {
	var read Sketch
	rest, err := read.parse(data)
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("%d bytes follow it", len(rest))
	}
	if err != nil {
		return fmt.Errorf("sketch of distinct values: %w", err)
	}
	*s = read
	return nil
}

func (s *Sketch) parse(data []byte) (rest []byte, err error) {
	switch {
	case len(data) < 2:
		return nil, errShort
	case data[0] != version:
		return nil, fmt.Errorf("version %d: allowed is %d", data[0], version)
	case data[1] < MinPrecision || data[1] > MaxPrecision:
		return nil, fmt.Errorf("precision %d: allowed is %d to %d", data[1], MinPrecision, MaxPrecision)
	}
	s.precision = data[1]
	return s.parseBody(data[2:])
}

func (s *Sketch) appendBody(b []byte) []byte {
	if len(s.registers) == 0 {
		b = append(b, kindExact)
		b = binary.BigEndian.AppendUint16(b, uint16(len(s.hashes)))
		for _, hash := range s.hashes {
			b = binary.BigEndian.AppendUint64(b, hash)
		}
		return b
	}
	b = append(slices.Grow(b, 1+len(s.registers)/4*3), kindDense)
	for r := s.registers; len(r) >= 4; r = r[4:] {
		four := uint32(r[0])<<18 | uint32(r[1])<<12 | uint32(r[2])<<6 | uint32(r[3])
		b = append(b, byte(four>>16), byte(four>>8), byte(four))
	}
	return b
}

// parseBody reads a body into an empty sketch that has its precision.
func (s *Sketch) parseBody(data []byte) (rest []byte, err error) {
	if len(data) == 0 {
		return nil, errShort
	}
	switch kind := data[0]; kind {
	case kindExact:
		return s.parseHashes(data[1:])
	case kindDense:
		return s.parseRegisters(data[1:])
	default:
		return nil, fmt.Errorf("kind %d: allowed are %d (exact) and %d (dense)", kind, kindExact, kindDense)
	}
}

func (s *Sketch) parseHashes(data []byte) (rest []byte, err error) {
	if len(data) < 2 {
		return nil, errShort
	}
	n := int(binary.BigEndian.Uint16(data))
	data = data[2:]
	switch {
	case n > MaxExact:
		return nil, fmt.Errorf("%d exact hashes: allowed are %d", n, MaxExact)
	case len(data) < 8*n:
		return nil, errShort
	case n == 0:
		return data, nil
	}
	hashes := make([]uint64, n)
	for i := range hashes {
		hashes[i] = binary.BigEndian.Uint64(data[8*i:])
		if i > 0 && hashes[i] <= hashes[i-1] {
			return nil, fmt.Errorf("hash %d of %d does not ascend", i+1, n)
		}
	}
	s.hashes = hashes
	return data[8*n:], nil
}

func (s *Sketch) parseRegisters(data []byte) (rest []byte, err error) {
	size := 1 << s.precision
	if len(data) < size/4*3 {
		return nil, errShort
	}
	registers := make([]uint8, 0, size)
	for ; len(registers) < size; data = data[3:] {
		four := uint32(data[0])<<16 | uint32(data[1])<<8 | uint32(data[2])
		registers = append(registers, byte(four>>18), byte(four>>12&63), byte(four>>6&63), byte(four&63))
	}
	for i, rank := range registers {
		if rank > 65-s.precision {
			return nil, fmt.Errorf("register %d is %d: allowed is 0 to %d", i, rank, 65-s.precision)
		}
	}
	s.registers = registers
	return data, nil
}
