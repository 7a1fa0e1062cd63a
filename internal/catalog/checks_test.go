package catalog

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestThereAreOneHundredAndSixChecksInOrder(t *testing.T) {
	classes := make(map[Class]int)
	for i, c := range Checks() {
		require.Equal(t, fmt.Sprintf("PR-%03d", i+1), c.ID)
		require.NotEmpty(t, c.Title)
		classes[c.Class]++
		if c.Class == Decided {
			require.Zero(t, c.Expires, "%s cannot be signed", c.ID)
		}
	}
	require.Equal(t, map[Class]int{Decided: 65, Corroborated: 30, Attested: 11}, classes)
}
