package distinct

import (
	"bufio"
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
)

// start is a multiple of all slots.
var start = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

func newWindows(t testing.TB, precision uint8, windows ...time.Duration) *Windows {
	w, err := NewWindows(precision, windows...)
	require.NoError(t, err)
	return w
}

// The cases are testdata/windows/*.txtar: a script, and what it writes.
//
//	# comment
//	TIME add FROM-TO    users of these numbers come
//	TIME estimate       writes the estimate of each window
//
// TIME is a duration since start, or a date.
func TestWindowsFollowTheClock(t *testing.T) {
	files, err := filepath.Glob("testdata/windows/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			golden.Section(t, file, "out", play(t, string(archive.Files[0].Data)))
		})
	}
}

func play(t *testing.T, script string) string {
	w := newWindows(t, 16, 5*time.Minute, time.Hour, 24*time.Hour)
	out := &strings.Builder{}
	for scanner := bufio.NewScanner(strings.NewReader(script)); scanner.Scan(); {
		fields := strings.Fields(scanner.Text())
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		now, err := time.Parse(time.DateTime, strings.Replace(fields[0], "T", " ", 1))
		if err != nil {
			since, err := time.ParseDuration(fields[0])
			require.NoError(t, err)
			now = start.Add(since)
		}
		switch fields[1] {
		case "add":
			var from, to int
			_, err := fmt.Sscanf(fields[2], "%d-%d", &from, &to)
			require.NoError(t, err)
			for user := from; user <= to; user++ {
				w.Add(scatter(user), now)
			}
		case "estimate":
			fmt.Fprintf(out, "%s:", fields[0])
			for i, window := range []string{"5m", "1h", "24h"} {
				fmt.Fprintf(out, " %s=%.0f", window, w.Estimate(i, now))
			}
			fmt.Fprintln(out)
		default:
			t.Fatalf("unknown command %q", fields[1])
		}
	}
	return out.String()
}

// A value is counted for at least 11/12 of the window, and never after it.
func TestAnEstimateCoversTheWindowOrOneSlotLess(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	lengths := []time.Duration{5 * time.Minute, 7 * time.Minute, time.Hour, 24 * time.Hour}
	for i, length := range lengths {
		for range 300 {
			w := newWindows(t, 10, lengths...)
			came := start.Add(upTo(random, 48*time.Hour))
			w.Add(1, came)
			slot := length / Slots
			require.Equal(t, 1.0, w.Estimate(i, came.Add(upTo(random, length-slot))))
			require.Equal(t, 0.0, w.Estimate(i, came.Add(length+upTo(random, slot))))
		}
	}
}

// All that counts in a window counts in longer ones, though Add stops at the
// first slot that knows the hash: each ring is what a ring alone would be.
func TestWindowsTogetherAreWindowsAlone(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 8))
	for _, lengths := range [][]time.Duration{
		{5 * time.Minute, time.Hour, 24 * time.Hour},
		{5 * time.Minute, 7 * time.Minute, 35 * time.Minute, 36 * time.Minute}, // not nested
	} {
		together := newWindows(t, 8, lengths...)
		alone := make([]*Windows, len(lengths))
		for i, length := range lengths {
			alone[i] = newWindows(t, 8, length)
		}
		now := start
		for range 60_000 {
			now = now.Add(upTo(random, 15*time.Second))
			hash := scatter(random.IntN(3000))
			together.Add(hash, now)
			for i := range alone {
				alone[i].Add(hash, now)
			}
		}
		for i := range alone {
			require.Equal(t, alone[i].rings[0].slots, rotated(together, i, alone[i].rings[0].newest))
		}
	}
}

// rotated are the slots of a ring with the newest at a position.
func rotated(w *Windows, i, newest int) (slots [Slots]Sketch) {
	for age := range Slots {
		slots[(newest-age+Slots)%Slots] = *w.rings[i].slot(age)
	}
	return slots
}

// Traffic of two hours and a half, spread over gateways that each see some of it,
// some of it twice, with pauses: merged in any order, one gateway that saw all.
func TestMergedWindowsAreTheWindowsThatSawAll(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 4))
	for round := range 20 {
		lengths := []time.Duration{5 * time.Minute, time.Hour, 24 * time.Hour}[:1+round%3]
		all := newWindows(t, 10, lengths...)
		gateways := make([]*Windows, 1+random.IntN(4))
		for i := range gateways {
			gateways[i] = newWindows(t, 10, lengths...)
		}
		now := start.Add(upTo(random, 24*time.Hour))
		for range 20_000 {
			now = now.Add(upTo(random, 900*time.Millisecond))
			if random.IntN(5000) == 0 {
				now = now.Add(upTo(random, 20*time.Minute))
			}
			hash := scatter(random.IntN(20_000))
			all.Add(hash, now)
			for range 1 + random.IntN(2) {
				gateways[random.IntN(1+random.IntN(len(gateways)))].Add(hash, now)
			}
		}
		random.Shuffle(len(gateways), func(i, j int) { gateways[i], gateways[j] = gateways[j], gateways[i] })
		merged := newWindows(t, 10, lengths...)
		for _, gateway := range gateways {
			require.NoError(t, merged.Merge(gateway))
		}
		require.True(t, bytes.Equal(binaryOf(t, all), binaryOf(t, merged)), "round %d", round)
	}
}

func TestWindowsThatDifferDoNotMerge(t *testing.T) {
	w := newWindows(t, 10, 5*time.Minute)
	err := w.Merge(newWindows(t, 11, 5*time.Minute, time.Hour))
	require.EqualError(t, err, "precision 11: allowed is 10, as here\nwindows [5m0s 1h0m0s]: allowed are [5m0s], as here")
	require.NoError(t, w.Merge(newWindows(t, 10, 5*time.Minute)))
	require.Equal(t, newWindows(t, 10, 5*time.Minute), w)
}

func TestWrongWindowsAreRefusedAllAtOnce(t *testing.T) {
	_, err := NewWindows(3, time.Hour, time.Hour, 90*time.Second)
	require.EqualError(t, err, "precision 3: allowed is 4 to 18\n"+
		"window 1h0m0s after 1h0m0s: allowed is ascending order\n"+
		"window 1m30s: allowed are whole minutes from 1m0s to 744h0m0s\n"+
		"window 1m30s after 1h0m0s: allowed is ascending order")
	_, err = NewWindows(16)
	require.EqualError(t, err, "no window: at least one is needed")
}

// Whatever the clock does, what came last is counted.
func TestAMadClockLosesNoPresentAndNoMemory(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 9))
	w := newWindows(t, 8, 5*time.Minute, 7*time.Minute, 24*time.Hour)
	clocks := []time.Time{{}, time.Unix(math.MaxInt64, 0), time.Unix(math.MinInt64, 0), time.Unix(0, 0), time.Unix(-1, 0), start}
	for i := range 50_000 {
		now := clocks[random.IntN(len(clocks))]
		switch random.IntN(4) {
		case 0:
			now = now.AddDate(random.IntN(3)-1, 0, 0)
		case 1:
			now = now.Add(upTo(random, 10*time.Minute) - 5*time.Minute)
		}
		other := newWindows(t, 8, w.lengths()...)
		other.Add(scatter(i), now)
		if i%2 == 0 {
			w.Add(scatter(i), now)
		} else {
			w.Expire(now)
			require.NoError(t, w.Merge(other))
		}
		for j := range w.rings {
			require.GreaterOrEqual(t, w.Estimate(j, now), 1.0)
		}
		require.LessOrEqual(t, w.Bytes(), 3*Slots*(8*MaxExact)+3000)
		if i%100 == 0 {
			require.NoError(t, other.UnmarshalBinary(binaryOf(t, w)))
			require.Equal(t, binaryOf(t, w), binaryOf(t, other))
		}
	}
}

func TestMemoryOfWindowsIsWhatTheCommentSays(t *testing.T) {
	w := newWindows(t, 16, 5*time.Minute, time.Hour, 24*time.Hour)
	require.LessOrEqual(t, w.Bytes(), 2304)
	now, n := start, 0
	const slots = 24 * 60 * 60 / 25
	for slot := range slots {
		now = now.Add(25 * time.Second)
		users := 100 // is dense in 5 minutes
		if slot >= slots-Slots {
			users = MaxExact + 1
		}
		for range users {
			n++
			w.Add(scatter(n), now)
		}
	}
	require.InDelta(t, 2.25*(1<<20), w.Bytes(), 2304)
	require.InDelta(t, slots/Slots*(Slots-1)*100, w.Estimate(2, now), 12_000) // some slot of 2h is not full
	w.Expire(now.Add(25 * time.Hour))
	require.LessOrEqual(t, w.Bytes(), 2304)
}

func TestAddToWindowsDoesNotAllocate(t *testing.T) {
	w, n := newWindows(t, 16, 5*time.Minute, time.Hour), 0
	for ; n < 5000; n++ {
		w.Add(scatter(n), start)
	}
	require.Zero(t, testing.AllocsPerRun(1000, func() { n++; w.Add(scatter(n), start) }))
}

// upTo is a random duration below the limit.
func upTo(random *rand.Rand, limit time.Duration) time.Duration {
	return time.Duration(random.Int64N(int64(limit)))
}
