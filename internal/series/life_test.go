package series

import (
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
		var rounds rounds
		var accepted accepted
		life := newLife(0, rounds.current())
		got := ""
		for i, c := range exports {
			if c == 'o' {
				life.touch(rounds.current())
			}
			x := export{rounds.begin(), accepted}
			now := pcommon.Timestamp(expiration / 2 * time.Duration(i+1))
			got += [...]string{isUnborn: "u", isZero: "z", isValue: "v", isStale: "s"}[life.phase(x, now, expiration)]
			if c != '-' {
				accepted.accept(x.round)
			}
		}
		require.Equal(t, phases, got, "exports %s", exports)
	}
}

func TestASeriesBornDuringAnExportWaitsForTheNext(t *testing.T) {
	var rounds rounds
	x := export{round: rounds.begin()}
	life := newLife(0, rounds.current())
	require.Equal(t, isUnborn, life.phase(x, 1, expiration))
	x.accept(x.round)
	x.round = rounds.begin()
	require.Equal(t, isZero, life.phase(x, 2, expiration))
}

func TestZeroExpirationMeansNever(t *testing.T) {
	var rounds rounds
	life := newLife(0, rounds.current())
	x := export{round: rounds.begin()}
	for range 3 {
		x.accept(x.round)
		x.round = rounds.begin()
	}
	require.Equal(t, isValue, life.phase(x, pcommon.Timestamp(1000*time.Hour), 0))
}

func TestAClockThatGoesBackExpiresNothing(t *testing.T) {
	var rounds rounds
	life := newLife(pcommon.Timestamp(time.Hour), rounds.current())
	x := export{round: rounds.begin()}
	for range 3 {
		x.accept(x.round)
		x.round = rounds.begin()
	}
	require.Equal(t, isValue, life.phase(x, 1, expiration))
}
