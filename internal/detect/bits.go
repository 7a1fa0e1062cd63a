package detect

// maxBits is how many detectors of a scanner may look at their context.
const maxBits = 192

// bits is a set of detectors.
type bits [maxBits / 64]uint64

func (b bits) has(i int) bool { return i >= 0 && b[i>>6]&(1<<(i&63)) != 0 }

func (b bits) any() bool { return b != bits{} }

func (b bits) with(i int) bits {
	if i < maxBits {
		b[i>>6] |= 1 << (i & 63)
	}
	return b
}

func (b bits) or(c bits) bits {
	for i := range b {
		b[i] |= c[i]
	}
	return b
}
