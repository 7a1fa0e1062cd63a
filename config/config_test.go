package config

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/telemetry"
)

// The prometheus exporter adds a unit and a type to what services send, so more than
// one name ends up as a derived one.
func TestWhatServicesSendUnderADerivedNameIsRenamed(t *testing.T) {
	text, err := Read("embedded:default")
	require.NoError(t, err)
	var renamed []*regexp.Regexp
	for _, match := range regexp.MustCompile(`IsMatch\(metric\.name, "([^"]*)"\)`).FindAllStringSubmatch(string(text), -1) {
		renamed = append(renamed, regexp.MustCompile(match[1]))
	}
	require.NotEmpty(t, renamed)
	isRenamed := func(name string) bool {
		for _, r := range renamed {
			if r.MatchString(name) {
				return true
			}
		}
		return false
	}
	for _, m := range telemetry.Metrics() {
		bare := strings.TrimSuffix(strings.TrimSuffix(m.Name, "_total"), "_seconds")
		for _, name := range []string{m.Name, bare, strings.ReplaceAll(m.Name, "_", "."), strings.ReplaceAll(bare, "_", ".")} {
			require.True(t, isRenamed(name), name)
			require.False(t, isRenamed("shop_"+name))
			require.False(t, isRenamed(name+"_x"))
		}
	}
	require.False(t, isRenamed("http.server.request.duration"), "of the semantic conventions")
}
