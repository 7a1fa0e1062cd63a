package distinct

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// Any spread of hashes over sketches, any order, any repetition, any tree of
// merges: one sketch.
func TestMergedSketchesAreTheSketchThatSawAll(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	for _, n := range []int{0, 1, 7, 700, MaxExact - 1, MaxExact, MaxExact + 1, 1500, 5000, 100_000} {
		for _, precision := range []uint8{MinPrecision, 10, 16, MaxPrecision} {
			all := New(precision)
			parts := make([]*Sketch, 1+random.IntN(5))
			for i := range parts {
				parts[i] = New(precision)
			}
			hashes := make([]uint64, n)
			for i := range hashes {
				hashes[i] = random.Uint64()
				all.Add(hashes[i])
			}
			for range 2 { // each hash goes to one part, some to two
				random.Shuffle(n, func(i, j int) { hashes[i], hashes[j] = hashes[j], hashes[i] })
				for _, hash := range hashes {
					parts[random.IntN(len(parts))].Add(hash)
				}
			}
			for len(parts) > 1 {
				i := random.IntN(len(parts) - 1)
				before := binaryOf(t, parts[i+1])
				require.NoError(t, parts[i].Merge(parts[i+1]))
				require.Equal(t, before, binaryOf(t, parts[i+1]), "the other does not change")
				parts = append(parts[:i+1], parts[i+2:]...)
			}
			require.Equal(t, binaryOf(t, all), binaryOf(t, parts[0]), "%d hashes, precision %d", n, precision)
			require.Equal(t, all.Estimate(), parts[0].Estimate())
		}
	}
}

func TestASketchChangesOnlyByWhatItHasNotSeen(t *testing.T) {
	s := New(16)
	for hash := range uint64(MaxExact) {
		require.True(t, s.Add(hash<<40))
		require.False(t, s.Add(hash<<40))
		require.Equal(t, float64(hash+1), s.Estimate())
	}
	require.Equal(t, 8*MaxExact, s.Bytes())
	before := binaryOf(t, s)
	require.True(t, s.Add(1))
	require.Equal(t, 1<<16, s.Bytes())
	require.NotEqual(t, before, binaryOf(t, s))
	for hash := range uint64(MaxExact) {
		require.False(t, s.Add(hash<<40))
	}
}

func TestMergeOfAnotherPrecisionChangesNothing(t *testing.T) {
	a, b := New(10), New(16)
	b.Add(1)
	require.EqualError(t, a.Merge(b), "merge a sketch of precision 16 into one of 10: allowed is the same")
	require.Zero(t, a.Estimate())
	require.Panics(t, func() { New(MinPrecision - 1) })
	require.Panics(t, func() { New(MaxPrecision + 1) })
}

func TestResetForgetsAllAndKeepsRegisters(t *testing.T) {
	s := New(10)
	for _, n := range []int{5, 5000, 700, 3000} {
		want := New(10)
		for hash := range n {
			s.Add(scatter(hash))
			want.Add(scatter(hash))
		}
		require.Equal(t, binaryOf(t, want), binaryOf(t, s))
		s.Reset()
		require.True(t, s.empty())
		require.Zero(t, s.Estimate())
		require.Equal(t, binaryOf(t, New(10)), binaryOf(t, s))
	}
	require.Equal(t, 1<<10, s.Bytes())
}

// Eight registers at once are eight times one.
func TestRaiseAllIsTheMaximum(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		a, b, want := make([]uint8, 16), make([]uint8, 16), make([]uint8, 16)
		for i := range a {
			a[i], b[i] = uint8(random.IntN(62)), uint8(random.IntN(62))
			want[i] = max(a[i], b[i])
		}
		raiseAll(a, b)
		require.Equal(t, want, a)
	}
}

func TestRanksAreWithinTheirRange(t *testing.T) {
	for precision := uint8(MinPrecision); precision <= MaxPrecision; precision++ {
		for hash, want := range map[uint64]uint8{
			0: 65 - precision, 1: 64 - precision, 1<<63 - 1: 1, 1 << (63 - precision): 1, 1 << (62 - precision): 2,
		} {
			_, rank := place(hash, precision)
			require.Equal(t, want, rank, "hash %x, precision %d", hash, precision)
		}
		index, _ := place(1<<64-1, precision)
		require.Equal(t, uint64(1)<<precision-1, index)
	}
}

func TestAddToADenseSketchDoesNotAllocate(t *testing.T) {
	s, hash := New(16), 0
	for ; hash < 10_000; hash++ {
		s.Add(scatter(hash))
	}
	require.Zero(t, testing.AllocsPerRun(1000, func() { hash++; s.Add(scatter(hash)) }))
	require.Zero(t, testing.AllocsPerRun(10, func() { s.Estimate() }))
}

func FuzzSketchReadsOnlyWhatItWrote(f *testing.F) {
	for _, n := range []int{0, 3, 2000} {
		s := New(MinPrecision)
		for hash := range n {
			s.Add(scatter(hash))
		}
		f.Add(binaryOf(f, s))
	}
	f.Add([]byte{version, 16, kindExact, 0xff, 0xff})
	f.Add([]byte{version, MaxPrecision, kindDense})
	f.Fuzz(func(t *testing.T, data []byte) {
		s := New(MinPrecision)
		if err := s.UnmarshalBinary(data); err != nil {
			require.Equal(t, New(MinPrecision), s)
			return
		}
		require.Equal(t, data, binaryOf(t, s))
		require.LessOrEqual(t, s.Bytes(), 2*len(data))
		s.Add(1)
		require.Positive(t, s.Estimate())
	})
}

func TestBrokenSketchesAreErrors(t *testing.T) {
	exact := binaryOf(t, New(10))
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"empty":      {nil, "it ends too early"},
		"version":    {[]byte{9, 10, 0, 0, 0}, "version 9: allowed is 1"},
		"precision":  {[]byte{1, 40, 0, 0, 0}, "precision 40: allowed is 4 to 18"},
		"no body":    {[]byte{1, 10}, "it ends too early"},
		"kind":       {[]byte{1, 10, 7}, "kind 7: allowed are 0 (exact) and 1 (dense)"},
		"number":     {[]byte{1, 10, 0, 0}, "it ends too early"},
		"too many":   {[]byte{1, 10, 0, 4, 1}, "1025 exact hashes: allowed are 1024"},
		"few":        {[]byte{1, 10, 0, 0, 1, 1, 2, 3}, "it ends too early"},
		"descending": {append([]byte{1, 10, 0, 0, 2}, bytes.Repeat([]byte{7}, 16)...), "hash 2 of 2 does not ascend"},
		"register":   {append([]byte{1, 4, 1}, bytes.Repeat([]byte{255}, 12)...), "register 0 is 63: allowed is 0 to 61"},
		"short":      {[]byte{1, 18, 1, 0}, "it ends too early"},
		"long":       {append(exact, 0), "1 bytes follow it"},
	} {
		require.EqualError(t, New(4).UnmarshalBinary(test.data), "sketch of distinct values: "+test.want, name)
	}
}

type appender interface {
	AppendBinary([]byte) ([]byte, error)
}

func binaryOf(t testing.TB, a appender) []byte {
	data, err := a.AppendBinary(nil)
	require.NoError(t, err)
	return data
}

// scatter makes a uniform hash of a number: the finisher of splitmix64.
func scatter(i int) uint64 {
	x := uint64(i+1) * 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
