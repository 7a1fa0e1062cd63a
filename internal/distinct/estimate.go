package distinct

import "math"

// Estimate is how many different hashes the sketch was given: exact up to
// MaxExact. It does not allocate.
//
// The estimator of a dense sketch is the improved raw estimator of Otmar Ertl,
// "New cardinality estimation algorithms for HyperLogLog sketches",
// arXiv:1702.01284. It is nearly unbiased from 1 to
// beyond 2^60 without tables or a switch between formulas.
func (s *Sketch) Estimate() float64 {
	if len(s.registers) == 0 {
		return float64(len(s.hashes))
	}
	m := float64(len(s.registers))
	counts := ranks(s.registers)
	q := 64 - int(s.precision)

	z := m * tau(1-float64(counts[q+1])/m)
	for k := q; k >= 1; k-- {
		z = 0.5 * (z + float64(counts[k]))
	}
	z += m * sigma(float64(counts[0])/m)
	return m * m / (2 * math.Ln2 * z)
}

// ranks is how many registers have each rank. Four counters take turns:
// neighbours often have the same rank, and one would wait for itself.
func ranks(registers []uint8) (counts [64]uint32) {
	var c [4][64]uint32
	for ; len(registers) >= 4; registers = registers[4:] {
		c[0][registers[0]&63]++
		c[1][registers[1]&63]++
		c[2][registers[2]&63]++
		c[3][registers[3]&63]++
	}
	for k := range counts {
		counts[k] = c[0][k] + c[1][k] + c[2][k] + c[3][k]
	}
	return counts
}

// sigma is x + Σ x^(2^k)·2^(k-1) for k from 1, for x in [0, 1]: what registers
// that are still 0 tell.
func sigma(x float64) float64 {
	if x == 1 {
		return math.Inf(1)
	}
	sum := x
	for y := 1.0; ; y *= 2 {
		x *= x
		before := sum
		sum += x * y
		if sum == before {
			return sum
		}
	}
}

// tau is (1 - x - Σ (1-x^(2^-k))²·2^-k for k from 1)/3, for x in [0, 1]: what
// registers at the greatest rank tell.
func tau(x float64) float64 {
	if x == 0 || x == 1 {
		return 0
	}
	sum := 1 - x
	for y := 0.5; ; y /= 2 {
		x = math.Sqrt(x)
		before := sum
		sum -= (1 - x) * (1 - x) * y
		if sum == before {
			return sum / 3
		}
	}
}
