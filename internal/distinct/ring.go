package distinct

// ring is one window.
type ring struct {
	seconds int64 // of a slot
	nested  bool  // each slot is within one of the next ring
	newest  int   // position of the newest slot
	slots   [Slots]Sketch
}

// number counts the slots of the ring from the epoch to the tick.
func (r *ring) number(tick, length int64) int64 {
	return floor(tick*length, r.seconds)
}

// floor is a/b, rounded down.
func floor(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// turn begins new slots, which take the place of the oldest.
func (r *ring) turn(slots int64, precision uint8) {
	for range min(slots, Slots) {
		r.newest = (r.newest + 1) % Slots
		r.slots[r.newest] = Sketch{precision: precision}
	}
}

// slot is the slot of an age, 0 for the newest, less than Slots.
func (r *ring) slot(age int) *Sketch {
	return &r.slots[(r.newest-age+Slots)%Slots]
}

// mustMerge merges sketches that are known to have the same precision.
func (s *Sketch) mustMerge(other *Sketch) {
	if err := s.Merge(other); err != nil {
		panic(err)
	}
}

// divisor is the greatest common divisor.
func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
