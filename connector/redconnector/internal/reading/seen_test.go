package reading

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

func after(d time.Duration) pcommon.Timestamp { return testNow + pcommon.Timestamp(d) }

func TestAnExceptionIsCountedAsOftenAsTheOneWhoToldOfItMost(t *testing.T) {
	for tellings, want := range map[string]int{
		"e": 1, "r": 1, "er": 1, "re": 1, "eee": 3, "eeerrr": 3, "ererer": 3, "rrreee": 3, "errrr": 4, "eerrr": 3,
	} {
		s, counted := newSeen(), 0
		for _, teller := range tellings {
			by := byEvent
			if teller == 'r' {
				by = byRecord
			}
			if s.count(1, by, testNow) {
				counted++
			}
		}
		require.Equal(t, want, counted, tellings)
	}
}

func TestAnExceptionIsRememberedForAtLeastOneGeneration(t *testing.T) {
	for _, delay := range []time.Duration{0, time.Second, generationAge - 1, generationAge} {
		s := newSeen()
		require.True(t, s.count(0, byEvent, testNow-pcommon.Timestamp(delay)), "begins the generation")
		require.True(t, s.count(1, byEvent, testNow))
		require.False(t, s.count(1, byRecord, after(delay)), delay)
	}
	s := newSeen()
	require.True(t, s.count(1, byEvent, testNow))
	require.True(t, s.count(2, byEvent, after(generationAge)))
	require.True(t, s.count(3, byEvent, after(2*generationAge)))
	require.True(t, s.count(1, byRecord, after(2*generationAge)), "forgotten")
	require.Zero(t, s.forgotten(), "not before its time")
}

func TestWhatIsMetAgainStaysRemembered(t *testing.T) {
	s := newSeen()
	require.True(t, s.count(1, byEvent, testNow))
	for i := range time.Duration(10) {
		now := after(i * generationAge)
		require.True(t, s.count(uint64(100+i), byEvent, now))
		require.Equal(t, i > 0, s.count(1, byRecord, now), "more records than events count")
	}
}

func TestAClockThatGoesBackForgetsNothing(t *testing.T) {
	s := newSeen()
	require.True(t, s.count(1, byEvent, testNow))
	require.False(t, s.count(1, byRecord, 1))
	require.True(t, s.count(2, byEvent, testNow))
	require.False(t, s.count(2, byRecord, after(-time.Hour)))
}

func TestWhatIsRememberedIsBoundedAndWhatIsLostIsCounted(t *testing.T) {
	s := newSeen()
	const exceptions = 3 * generationSize
	for i := range uint64(exceptions) {
		require.True(t, s.count(i, byEvent, testNow))
		require.LessOrEqual(t, len(s.young), generationSize)
		require.LessOrEqual(t, len(s.old), generationSize)
	}
	require.Equal(t, uint64(exceptions-len(s.young)-len(s.old)), s.forgotten())
	require.False(t, s.count(exceptions-generationSize-1, byRecord, testNow), "the old generation is remembered")
}

func TestManyMayTellAtOnce(t *testing.T) {
	s := newSeen()
	var counted atomic.Int64
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range uint64(1000) {
				if s.count(i, teller(g%2), testNow) {
					counted.Add(1)
				}
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 2000, counted.Load(), "two events and two records of each")
}
