package severity

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/readygate/readygate/internal/telemetry"
)

func TestLevelsAreThoseOfTheContract(t *testing.T) {
	require.Equal(t, telemetry.Severities(), names[:])
}

func TestTheNumberWinsOverTheText(t *testing.T) {
	for number, want := range map[plog.SeverityNumber]Level{
		-1: Error, 0: Error, 1: Trace, 4: Trace, 5: Debug, 9: Info, 12: Info, 13: Warn, 17: Error, 21: Fatal, 24: Fatal, 25: Error,
	} {
		record := plog.NewLogRecord()
		record.SetSeverityNumber(number)
		record.SetSeverityText("error")
		require.Equal(t, want, Of(record), "%d", number)
	}
}

func TestUsualWordsAreKnownInAnyCase(t *testing.T) {
	for text, want := range map[string]Level{
		"TRACE": Trace, "Verbose": Trace, "debug": Debug, "DEBUG4": Debug, "Fine": Debug, "config": Debug,
		"INFO": Info, "Information": Info, "notice": Info, " info ": Info, "WARNING": Warn, "wrn": Warn, "Warn2": Warn,
		"err": Error, "SEVERE": Error, "critical": Fatal, "panic": Fatal, "Emergency": Fatal, "FATAL3": Fatal,
		"": Unspecified, "5": Unspecified, "informational or so": Unspecified, "warn5": Unspecified,
	} {
		record := plog.NewLogRecord()
		record.SetSeverityText(text)
		require.Equal(t, want, Of(record), text)
	}
}
