package series

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
)

const expiration = 60 * time.Second

// Exports are made every half of the expiration: "+" is accepted, "-" refused,
// "o" accepted and made after an observation. Phases are z(ero), v(alue), s(tale).
func TestPhasesFollowWhatWasAccepted(t *testing.T) {
	for exports, phases := range map[string]string{
		"+++":    "zvs",    // zero, value, and stale when idle for the expiration
		"+o++":   "zvvs",   // an observation keeps it alive
		"---+++": "zzzzvs", // the zero is repeated until it was accepted
		"+--++":  "zvvvs",  // with anything undelivered it does not expire
		"++-+":   "zvss",   // what was delivered stays delivered
	} {
		var rounds Rounds
		life := NewLife(0, rounds.Current())
		got := ""
		for i, c := range exports {
			if c == 'o' {
				life.Touch(rounds.Current())
			}
			export := rounds.Begin()
			now := pcommon.Timestamp(expiration / 2 * time.Duration(i+1))
			got += [...]string{Unborn: "u", Zero: "z", Value: "v", Stale: "s"}[life.Phase(export, now, expiration)]
			if c != '-' {
				rounds.Accept(export)
			}
		}
		require.Equal(t, phases, got, "exports %s", exports)
	}
}

func TestASeriesBornDuringAnExportWaitsForTheNext(t *testing.T) {
	var rounds Rounds
	export := rounds.Begin()
	life := NewLife(0, rounds.Current())
	require.Equal(t, Unborn, life.Phase(export, 1, expiration))
	rounds.Accept(export)
	require.Equal(t, Zero, life.Phase(rounds.Begin(), 2, expiration))
}

func TestZeroExpirationMeansNever(t *testing.T) {
	var rounds Rounds
	life := NewLife(0, rounds.Current())
	for range 3 {
		rounds.Accept(rounds.Begin())
	}
	require.Equal(t, Value, life.Phase(rounds.Begin(), pcommon.Timestamp(1000*time.Hour), 0))
}

func TestAClockThatGoesBackExpiresNothing(t *testing.T) {
	var rounds Rounds
	life := NewLife(pcommon.Timestamp(time.Hour), rounds.Current())
	for range 3 {
		rounds.Accept(rounds.Begin())
	}
	require.Equal(t, Value, life.Phase(rounds.Begin(), 1, expiration))
}

func TestBudgetIsNeverExceededButByOverdraft(t *testing.T) {
	b := NewBudget(100)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 1000 {
				if b.Take(2) && b.Used() > 100+8*2 { // what refused takers hold for a moment
					t.Error("limit exceeded")
				}
			}
		})
	}
	wg.Wait()
	require.LessOrEqual(t, b.Used(), int64(100))

	b = NewBudget(2)
	require.True(t, b.Take(2))
	require.False(t, b.Take(1))
	b.Overdraw(2)
	b.Release(1)
	require.False(t, b.Take(1), "overdrawn")
	b.Release(2)
	require.True(t, b.Take(1))
	require.EqualValues(t, 2, b.Used())

	require.False(t, new(Budget).Take(1), "the zero value admits nothing")
}
