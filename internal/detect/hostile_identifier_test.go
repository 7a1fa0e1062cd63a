package detect

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Repeated identifiers, and pieces of them, with all packs on.
func TestHostileIdentifiersTakeLinearTime(t *testing.T) {
	const size = 1 << 16
	scanner, err := New(Select(Packs()...)...)
	require.NoError(t, err)
	units := []string{"1", "12", "12 ", "123.", "1234 ", "123456-", "A1", "AB12", "X1234567", "123456789 ", "12345678901 ", "1234567890123\u00a0", "9-9999-", "cpf ", "1\u2011"}
	for _, d := range slices.Concat(usList, ukList, euList, latamList, apacList) {
		sample := d.Sample()
		units = append(units, sample.Secret, sample.Text+" ", sample.Secret[:len(sample.Secret)-1]+"-")
	}
	for _, unit := range units {
		text := strings.Repeat(unit, size/len(unit))
		start := time.Now()
		_, _ = scanner.Scan(nil, Value{Text: text}, scanner.Rules())
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%q repeated to %d bytes took %s", unit, len(text), took)
		}
	}
}

// Reading a valid number and weighing its context costs no allocation.
func TestReadingAnIdentifierAllocatesNothing(t *testing.T) {
	if underRace {
		t.Skip("sync.Pool forgets under the race detector")
	}
	for _, d := range slices.Concat(usList, ukList, euList, latamList, apacList) {
		scanner, err := New(d)
		require.NoError(t, err)
		rules, buf, value := scanner.Rules(), make([]Finding, 0, 8), Value{Text: d.Sample().Text}
		require.Zero(t, testing.AllocsPerRun(100, func() {
			_, _ = scanner.Scan(buf, value, rules)
		}), d.Name)
	}
}

// FuzzScrubIdentifiers holds that what stands in place of an identifier is not found
// again, with all packs on.
func FuzzScrubIdentifiers(f *testing.F) {
	scanner, err := New(Select(Packs()...)...)
	require.NoError(f, err)
	for _, d := range slices.Concat(usList, ukList, euList, latamList, apacList) {
		sample := d.Sample()
		f.Add(sample.Key, sample.Text)
		f.Add("", sample.Text+" "+sample.Secret+"-"+sample.Secret)
		f.Add("", `{"a":"`+sample.Text+`","b":[`+compactID(sample.Secret)+`]}`)
	}
	rules := scanner.Rules()
	f.Fuzz(func(t *testing.T, keyName, text string) {
		key := scanner.Key(keyName)
		clean, findings, reason := scanner.Scrub(nil, Value{Text: text, Key: key}, rules)
		require.Empty(t, reason)
		for _, finding := range findings {
			require.True(t, finding.Start >= 0 && finding.End > finding.Start && finding.End <= len(text), "%+v", finding)
		}
		again, _, _ := scanner.Scrub(nil, Value{Text: clean, Key: key}, rules)
		require.Equal(t, clean, again)
	})
}

func BenchmarkScanWithAllPacks(b *testing.B) {
	scanner, err := New(Select(Packs()...)...)
	require.NoError(b, err)
	lines, rules := cleanLines(), scanner.Rules()
	b.SetBytes(int64(len(strings.Join(lines, ""))))
	b.ReportAllocs()
	var findings []Finding
	for b.Loop() {
		for _, line := range lines {
			_, findings, _ = scanner.Scrub(findings[:0], Value{Text: line}, rules)
		}
	}
}
