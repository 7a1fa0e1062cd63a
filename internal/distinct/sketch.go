package distinct

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
)

// The precisions a sketch may have.
const (
	MinPrecision = 4
	MaxPrecision = 18
)

// MaxExact is the number of different hashes that a sketch counts exactly: 8 KiB
// of them. One more makes it dense.
const MaxExact = 1024

// Sketch estimates how many different hashes it was given. It is a HyperLogLog
// (Flajolet, Fusy, Gandouet, Meunier 2007) that keeps the hashes themselves
// while they are few.
//
// Its hashes must be uniform in all 64 bits, as those of Hasher are. It takes at
// most 8 KiB while exact and 2^p bytes when dense; an empty one takes nothing.
// It must be made by New.
type Sketch struct {
	precision uint8

	// While len(registers) == 0 the sketch is exact: hashes has each hash once, in
	// ascending order. Afterwards hashes is nil, and registers has for each value
	// of a hash's first p bits the greatest rank of the others (see place).
	//
	// Registers are bytes, not the 6 bits that would do, because merging and
	// reading them is most of what an estimate over a window costs.
	hashes    []uint64
	registers []uint8
}

// New returns an empty sketch of the precision, from MinPrecision to
// MaxPrecision. It panics at another one: precisions are constants, or were
// checked when the configuration was.
func New(precision uint8) *Sketch {
	if precision < MinPrecision || precision > MaxPrecision {
		panic(fmt.Sprintf("distinct: precision %d: allowed is %d to %d", precision, MinPrecision, MaxPrecision))
	}
	return &Sketch{precision: precision}
}

// Precision is what the sketch was made with.
func (s *Sketch) Precision() uint8 {
	return s.precision
}

// Add takes a hash, and tells whether the sketch changed. It did not if it
// had seen the hash; once dense, it seldom does. Add allocates only as an exact
// sketch grows, which is at most nine times.
func (s *Sketch) Add(hash uint64) bool {
	if len(s.registers) != 0 {
		return s.raise(hash)
	}
	at, known := slices.BinarySearch(s.hashes, hash)
	switch {
	case known:
		return false
	case len(s.hashes) == MaxExact:
		s.densify()
		s.raise(hash)
	default:
		if len(s.hashes) == cap(s.hashes) { // append would grow beyond 8 KiB
			grown := make([]uint64, len(s.hashes), min(max(8, 2*len(s.hashes)), MaxExact))
			copy(grown, s.hashes)
			s.hashes = grown
		}
		s.hashes = slices.Insert(s.hashes, at, hash)
	}
	return true
}

// raise counts the hash in its register.
func (s *Sketch) raise(hash uint64) bool {
	index, rank := place(hash, s.precision)
	if s.registers[index] >= rank {
		return false
	}
	s.registers[index] = rank
	return true
}

// place is the register of a hash, which its first bits tell, and its rank: the
// position of the first 1 in the other 64-p bits, counted from 1, or 65-p if
// there is none.
func place(hash uint64, precision uint8) (index uint64, rank uint8) {
	index = hash >> (64 - precision)
	rank = uint8(bits.LeadingZeros64(hash<<precision|1<<(precision-1))) + 1
	return index, rank
}

// densify makes an exact sketch dense.
func (s *Sketch) densify() {
	size := 1 << s.precision
	if cap(s.registers) < size {
		s.registers = make([]uint8, size)
	} else {
		s.registers = s.registers[:size]
		clear(s.registers)
	}
	for _, hash := range s.hashes {
		s.raise(hash)
	}
	s.hashes = nil
}

// Merge makes the sketch what it were had it been given the hashes of the other
// one too. The other does not change. It is an error if their precisions
// differ; then nothing changes.
func (s *Sketch) Merge(other *Sketch) error {
	if s.precision != other.precision {
		return fmt.Errorf("merge a sketch of precision %d into one of %d: allowed is the same", other.precision, s.precision)
	}
	for _, hash := range other.hashes {
		s.Add(hash)
	}
	if len(other.registers) == 0 {
		return nil
	}
	if len(s.registers) == 0 {
		s.densify()
	}
	raiseAll(s.registers, other.registers)
	return nil
}

// raiseAll makes each register the greater of the two. It does eight at once: a
// rank is at most 61, so the high bit of each byte is free to tell
// which is greater.
func raiseAll(registers, other []uint8) {
	const high = 0x8080808080808080
	for len(registers) >= 8 && len(other) >= 8 {
		a, b := binary.LittleEndian.Uint64(registers), binary.LittleEndian.Uint64(other)
		keep := (a | high) - b
		keep &= high           // 0x80 where a >= b
		keep |= keep - keep>>7 // 0xff there
		binary.LittleEndian.PutUint64(registers, a&keep|b&^keep)
		registers, other = registers[8:], other[8:]
	}
}

// Reset forgets all hashes. It keeps the registers for the next use.
func (s *Sketch) Reset() {
	s.hashes = s.hashes[:0]
	s.registers = s.registers[:0]
}

// Bytes is the memory that the sketch takes beside the Sketch itself.
func (s *Sketch) Bytes() int {
	return 8*cap(s.hashes) + cap(s.registers)
}

// empty tells whether the sketch was given nothing.
func (s *Sketch) empty() bool {
	return len(s.hashes) == 0 && len(s.registers) == 0
}
