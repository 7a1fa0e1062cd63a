package rounds

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheMedianIsInTheMiddle(t *testing.T) {
	require.InDelta(t, 2, Figures{9, 1, 2}.Median(), 0)
	require.InDelta(t, 2.5, Figures{9, 3, 1, 2}.Median(), 0)
}

func TestQuantilesAreBetweenTheFiguresNextToThem(t *testing.T) {
	figures := Figures{4, 0, 3, 1, 2}
	require.InDelta(t, 0, figures.Quantile(0), 0)
	require.InDelta(t, 1, figures.Quantile(0.25), 1e-12)
	require.InDelta(t, 3.6, figures.Quantile(0.9), 1e-12)
	require.InDelta(t, 4, figures.Quantile(1), 0)
}

func TestFiguresAreComparedRoundByRound(t *testing.T) {
	require.Equal(t, Figures{2, 5}, Figures{4, 10}.Over(Figures{2, 2}))
}
