package catalog

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAScheduleIsAsLateAsItsLongestGap(t *testing.T) {
	const day = 24 * time.Hour
	for schedule, want := range map[string]time.Duration{
		"* * * * *":          time.Minute,
		"*/15 * * * *":       15 * time.Minute,
		"*/25 * * * *":       25 * time.Minute,
		"0 2 * * *":          day,
		"0 6,22 * * *":       16 * time.Hour,
		"0 9-17 * * MON-FRI": 64 * time.Hour,
		"30 5 * * 1-5":       3 * day,
		"0 0 * * 0":          7 * day,
		"0 0 1 * *":          31 * day,
		"0 0 31 * *":         61 * day,
		"0 0 13 * 5":         7 * day, // the 13th, and every Friday
		"0 0 1 1 *":          366 * day,
		"0 0 29 2 *":         1461 * day,
		"0 0 31 2,4 *":       0,
		"0 0 1-31/40 6 ?":    366 * day,
	} {
		spec := parseCron(schedule)
		require.NotNil(t, spec, schedule)
		require.Equal(t, want, new(decoder).longestGap(spec), schedule)
	}
}

func TestTheLongestGapIsTheOneBetweenStarts(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	pick := func(from, to int) string {
		if random.IntN(3) == 0 {
			return "*"
		}
		return fmt.Sprintf("%d,%d", from+random.IntN(to-from), from+random.IntN(to-from))
	}
	for range 60 {
		schedule := fmt.Sprintf("%d,%d %d,%d %s %s %s", random.IntN(60), random.IntN(60), random.IntN(24), random.IntN(24), pick(1, 28), pick(1, 13), pick(0, 7))
		spec := parseCron(schedule)
		require.NotNil(t, spec, schedule)
		spec.Location = time.UTC
		last := spec.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))
		var longest time.Duration
		for last.Year() < 2032 {
			next := spec.Next(last)
			longest = max(longest, next.Sub(last))
			last = next
		}
		got := new(decoder).longestGap(spec)
		require.GreaterOrEqual(t, got, longest, schedule)
		// Weekdays and leap years meet differently in the twenty years that follow.
		require.LessOrEqual(t, got, longest+7*24*time.Hour, schedule)
	}
}
