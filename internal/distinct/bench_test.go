package distinct

import (
	"fmt"
	"testing"
	"time"
)

func filled(precision uint8, n int) *Sketch {
	s := New(precision)
	for i := range n {
		s.Add(scatter(i))
	}
	return s
}

func BenchmarkAdd(b *testing.B) {
	b.Run("exact/known", func(b *testing.B) {
		s, i := filled(16, MaxExact), 0
		b.ReportAllocs()
		for b.Loop() {
			s.Add(scatter(i & (MaxExact - 1)))
			i++
		}
	})
	b.Run("exact/new", func(b *testing.B) { // 1024 into an empty sketch, each
		s, i := New(16), 0
		b.ReportAllocs()
		for b.Loop() {
			if len(s.hashes) == MaxExact {
				s.Reset()
			}
			s.Add(scatter(i))
			i++
		}
	})
	b.Run("dense", func(b *testing.B) {
		s, i := filled(16, 100_000), 0
		b.ReportAllocs()
		for b.Loop() {
			s.Add(scatter(i))
			i++
		}
	})
}

func BenchmarkEstimate(b *testing.B) {
	s := filled(16, 1_000_000)
	b.ReportAllocs()
	for b.Loop() {
		s.Estimate()
	}
}

func BenchmarkMerge(b *testing.B) {
	s, other := filled(16, 1_000_000), filled(16, 2_000_000)
	for b.Loop() {
		s.mustMerge(other)
	}
}

func BenchmarkHash(b *testing.B) {
	h, err := NewHasher(testKey, "active_users")
	if err != nil {
		b.Fatal(err)
	}
	identifier := "6f1c1f0e-3c1b-4f57-9a3e-0a4b1c2d3e4f"
	b.ReportAllocs()
	for b.Loop() {
		h.HashString(identifier)
	}
}

// A day of 100 or of 100,000 users in three windows, each seen once a minute at most.
func BenchmarkWindows(b *testing.B) {
	for _, users := range []int{50, 100_000} {
		w := newWindows(b, 16, 5*time.Minute, time.Hour, 24*time.Hour)
		now := start
		for range 24 * 60 / 5 * Slots {
			now = now.Add(25 * time.Second)
			for i := range min(users, 3000) {
				w.Add(scatter(i*users/min(users, 3000)+int(now.Unix())%17), now)
			}
		}
		b.Run(fmt.Sprintf("users=%d/add", users), func(b *testing.B) {
			i := 0
			b.ReportAllocs()
			for b.Loop() {
				w.Add(scatter(i%users), now)
				i++
			}
		})
		b.Run(fmt.Sprintf("users=%d/estimate", users), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w.Estimate(2, now)
			}
			b.ReportMetric(float64(w.Bytes()), "state-bytes")
		})
		b.Run(fmt.Sprintf("users=%d/marshal", users), func(b *testing.B) {
			var data []byte
			for b.Loop() {
				data, _ = w.AppendBinary(data[:0])
			}
			b.ReportMetric(float64(len(data)), "bytes")
		})
	}
}
