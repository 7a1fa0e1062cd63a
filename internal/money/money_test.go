package money_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/golden"
	"github.com/readygate/readygate/internal/money"
)

func TestAmountsBecomeExactUnits(t *testing.T) {
	eachCase(t, "testdata/amounts.txt", func(given string) string {
		value, scale, found := strings.Cut(given, " at ")
		require.True(t, found, given)
		n, err := strconv.ParseUint(scale, 10, 8)
		require.NoError(t, err, given)
		kind, value, _ := strings.Cut(value, " ")
		units, err := parse(t, kind, value, uint8(n))
		if err != nil && !errors.Is(err, money.ErrNegative) {
			require.Zero(t, units, "a refused amount has no units")
			return reason(t, err)
		}
		return strings.TrimSpace(fmt.Sprintf("%d %s %s", units, money.Format(units, uint8(n)), reason(t, err)))
	})
}

func TestCurrenciesHaveTheDigitsOfISO4217(t *testing.T) {
	eachCase(t, "testdata/currencies.txt", func(given string) string {
		code, err := strconv.Unquote(given)
		require.NoError(t, err, given)
		c, err := money.Lookup(code)
		if err != nil {
			require.Zero(t, c)
			return reason(t, err)
		}
		return fmt.Sprintf("%s %d", c.Code, c.Scale)
	})
}

func TestOnlyNegativeAmountsAreRefusedWithTheirUnits(t *testing.T) {
	units, err := money.Minor(-19.99, 2)
	require.ErrorIs(t, err, money.ErrNegative)
	require.NotErrorIs(t, err, money.ErrRange)
	require.EqualValues(t, -1999, units)
	require.EqualError(t, err, "money: negative")
}

// eachCase fails the test unless answer gives what the file says for each of its
// lines "given -> answer".
func eachCase(t *testing.T, path string, answer func(given string) string) {
	t.Helper()
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	var got bytes.Buffer
	for line := range strings.Lines(string(want)) {
		given, _, isCase := strings.Cut(line, " -> ")
		if !isCase || strings.HasPrefix(line, "#") {
			got.WriteString(line)
			continue
		}
		got.WriteString(given + " -> " + answer(given) + "\n")
	}
	golden.File(t, path, got.Bytes())
}

func parse(t *testing.T, kind, value string, scale uint8) (int64, error) {
	t.Helper()
	switch kind {
	case "double":
		v, err := strconv.ParseFloat(value, 64)
		require.NoError(t, err)
		return money.Minor(v, scale)
	case "int":
		v, err := strconv.ParseInt(value, 10, 64)
		require.NoError(t, err)
		return money.MinorInt(v, scale)
	case "text":
		v, err := strconv.Unquote(value)
		require.NoError(t, err)
		return money.MinorString(v, scale)
	}
	require.Failf(t, "unknown kind", "%q; allowed: double, int, text", kind)
	return 0, nil
}

func reason(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var e *money.Error
	require.ErrorAs(t, err, &e)
	return e.Reason()
}
