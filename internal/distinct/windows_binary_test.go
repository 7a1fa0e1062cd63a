package distinct

import (
	"encoding/binary"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestZeroWindowsBecomeWhatWasWritten(t *testing.T) {
	w, read := newWindows(t, 12, time.Minute, time.Hour), &Windows{}
	w.Add(1, start)
	require.NoError(t, read.UnmarshalBinary(binaryOf(t, w)))
	require.Equal(t, binaryOf(t, w), binaryOf(t, read))
	require.NoError(t, w.Merge(read))
	require.Equal(t, 1.0, w.Estimate(1, start.Add(54*time.Minute)))
}

func FuzzWindowsReadOnlyWhatTheyWrote(f *testing.F) {
	w := newWindows(f, MinPrecision, time.Minute, time.Hour)
	f.Add(binaryOf(f, w))
	for i := range 3000 {
		w.Add(scatter(i), start.Add(time.Duration(i)*time.Second/2))
	}
	f.Add(binaryOf(f, w))
	far := binaryOf(f, w)
	binary.BigEndian.PutUint64(far[11:], math.MaxInt64)
	f.Add(far)
	f.Fuzz(func(t *testing.T, data []byte) {
		w := newWindows(t, MinPrecision, time.Minute, time.Hour)
		if err := w.UnmarshalBinary(data); err != nil {
			require.Equal(t, newWindows(t, MinPrecision, time.Minute, time.Hour), w)
			return
		}
		require.Equal(t, data, binaryOf(t, w))
		require.LessOrEqual(t, w.Bytes(), 2*len(data)+2000)
		w.Add(1, start)
		require.Positive(t, w.Estimate(1, start))
	})
}

func TestBrokenWindowsAreErrors(t *testing.T) {
	good := binaryOf(t, newWindows(t, 10, 5*time.Minute))
	edit := func(at int, b ...byte) []byte {
		return append(append(append([]byte{}, good[:at]...), b...), good[min(at+len(b), len(good)):]...)
	}
	for want, data := range map[string][]byte{
		"it ends too early":                                                 good[:14],
		"version 2: allowed is 1":                                           edit(0, 2),
		"precision 99: allowed is 4 to 18":                                  edit(1, 99),
		"window 0s: allowed are whole minutes from 1m0s to 744h0m0s":        edit(3, 0, 0, 0, 0),
		"windows [6m0s]: allowed are [5m0s], as here":                       edit(6, 6),
		"newest time 1152921504606846975: it is beyond the clock":           edit(7, 0x0f, 255, 255, 255, 255, 255, 255, 255),
		"window 5m0s, slot 11: kind 5: allowed are 0 (exact) and 1 (dense)": edit(15, 5),
		"window 5m0s, slot 0: it ends too early":                            good[:len(good)-1],
		"1 bytes follow them":                                               append(edit(0, 1), 0),
	} {
		err := newWindows(t, 10, 5*time.Minute).UnmarshalBinary(data)
		require.EqualError(t, err, "windows of distinct values: "+want)
	}
}
