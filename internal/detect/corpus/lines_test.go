package corpus

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTwentyThousandLinesAreAllDifferent(t *testing.T) {
	lines := Lines(20_000)
	require.Len(t, lines, 20_000)
	seen := make(map[string]bool, len(lines))
	for _, line := range lines {
		require.False(t, seen[line], line)
		seen[line] = true
		require.NotContains(t, line, "\n")
		require.False(t, strings.ContainsAny(line, "‹›"), line)
	}
}

func TestLinesAreTheSameEveryTime(t *testing.T) {
	require.Equal(t, Lines(1000), Lines(1000))
	require.Equal(t, Lines(1000), Lines(3000)[:1000], "fewer lines are the beginning of more")
}

func TestLinesComeFromManyTemplates(t *testing.T) {
	templates, err := compileAll(ordinaryFiles)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(templates), 400)
}

func TestSomeOrdinaryIdentifiersPassACheckDigitByChance(t *testing.T) {
	var passed, blocks int
	for _, line := range Lines(20_000) {
		for _, field := range strings.FieldsFunc(line, func(r rune) bool { return r < '0' || r > '9' }) {
			if len(field) >= 13 && len(field) <= 19 && luhn(field) {
				passed++
				if strings.Contains(line, "blk_"+field) || strings.Contains(line, "blk_-"+field) {
					blocks++
				}
			}
		}
	}
	require.Greater(t, passed, 300)
	require.Greater(t, blocks, 10)
}

func luhn(digits string) bool {
	sum := 0
	for i, c := range slices.Backward([]byte(digits)) {
		d := int(c - '0')
		if (len(digits)-i)%2 == 0 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return sum%10 == 0
}

func TestLinesHoldNoSecret(t *testing.T) {
	all := strings.Join(Lines(20_000), "\n")
	for _, e := range Secrets() {
		// A short secret is a word that may well be one of a line.
		if len(e.Secret) >= 12 {
			require.NotContains(t, all, e.Secret)
		}
	}
}

func BenchmarkLines(b *testing.B) {
	for b.Loop() {
		Lines(20_000)
	}
}
