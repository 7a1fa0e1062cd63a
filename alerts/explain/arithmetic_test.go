package explain

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
)

func TestEveryThresholdThatIsNoTimeToWaitHasItsArithmetic(t *testing.T) {
	known := make(map[string]bool)
	for _, k := range catalog.ThresholdKeys() {
		key := "thresholds." + k.Key
		known[key] = true
		switch k.Key {
		case "absent_after", "release_watch", "certificate_days", "job_min_runs": // say all themselves
			continue
		}
		if key != "thresholds.down_for" && strings.HasSuffix(key, "_for") {
			continue // in the sentence of what is waited for
		}
		require.Contains(t, arithmetic, key)
	}
	for key := range arithmetic {
		require.True(t, known[key] || strings.HasPrefix(key, "slo.") || strings.HasPrefix(key, "recovery."), key)
	}
}

func TestTheArithmeticIsRight(t *testing.T) {
	p := catalog.DefaultPolicy(catalog.Critical)
	for key, words := range map[string]string{
		"thresholds.error_ratio":         "5 % of the requests of 5 minutes, for 5m: with 100 requests per second that is 1500 failed requests",
		"thresholds.latency_p95":         "One request in 20 slower than 1s, for 10m: with 100 requests per second that is 3000 slow requests",
		"thresholds.min_request_rate":    "0.2 requests per second are 60 in 5 minutes, 17280 a day",
		"thresholds.down_for":            "2m is 4.6 % of all that an availability of 99.9 % allows in 30 days",
		"thresholds.job_failure_ratio":   "Of 5 runs in 15 minutes, 1 that failed; for 10m",
		"thresholds.job_late_factor":     "A job that runs every hour is late after 2h without success",
		"thresholds.canary_min_requests": "With 5 % of 100 requests per second, a canary has them after 40s",
		"thresholds.canary_z":            "A difference as large as that is chance once in 741 times",
		"thresholds.canary_slowdown":     "Where the p95 of stable is 500ms, a canary with one above 600ms",
		"slo.availability":               "That allows 43m12s of 30 days in which everything fails, or one failed request in 1000",
		"slo.latency_ratio":              "Of 1000 requests, 50 may be slower than 1s",
		"recovery.rpo":                   "With 10 records per second, 3000 records may be lost",
	} {
		require.Equal(t, words, arithmetic[key](p))
	}
}
