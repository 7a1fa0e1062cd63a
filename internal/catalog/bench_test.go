package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The time of a service must not depend on how many there are.
func BenchmarkParse(b *testing.B) {
	for _, n := range []int{2_000, 20_000} {
		for name, line := range map[string]string{
			"names":        "  - {name: service-%d, environments: [production, staging]}\n",
			"environments": "  - {name: service, environments: [environment-%d]}\n",
		} {
			text := []byte("version: 1\nservices:\n" + lines(n, line))
			b.Run(fmt.Sprintf("%s=%d", name, n), func(b *testing.B) {
				for b.Loop() {
					if _, err := Parse("services.yaml", text); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// A file of ten thousand lines is to be checked within a second, whether it is right
// or wrong in every other line.
func BenchmarkCheckTenThousandLines(b *testing.B) {
	right := tenThousandLines()
	wrong := bytes.ReplaceAll(right, []byte("name: "), []byte("nme: "))
	_, err := Parse("services.yaml", right)
	require.NoError(b, err)
	_, err = Parse("services.yaml", wrong)
	require.Error(b, err)
	b.Run("right", func(b *testing.B) {
		for b.Loop() {
			_, _ = Parse("services.yaml", right)
		}
	})
	b.Run("wrong", func(b *testing.B) {
		for b.Loop() {
			_, _ = Parse("services.yaml", wrong)
		}
	})
	b.Run("wrong, underlined", func(b *testing.B) {
		for b.Loop() {
			_, err := Parse("services.yaml", wrong)
			var problems Problems
			if errors.As(err, &problems) {
				_ = problems.Underlined(wrong)
			}
		}
	})
}

// tenThousandLines has every section that is a list, with a schedule of its own in
// every job.
func tenThousandLines() []byte {
	var text strings.Builder
	text.WriteString("version: 1\nteams: [{name: shop}]\nservices:\n")
	for i := 0; strings.Count(text.String(), "\n") < 10_000; i++ {
		fmt.Fprintf(&text, `  - name: service-%d
    tier: critical
    team: shop
    thresholds:
      error_ratio: 0.02
      latency_p95: 500ms
    workload: {namespace: shop, name: service-%d}
    probes:
      - {kind: live, url: "https://service-%d.example.com/live"}
    dependencies:
      - {name: orders, kind: db, critical: true}
    jobs:
      - {name: nightly, schedule: "%d %d %d * *"}
    queues:
      - {name: orders, depth: queue_depth, match: {queue: orders}}
    business:
      - {name: orders-%d, role: orders}
    backups:
      - {name: orders, success: {job: nightly}}
    secrets:
      - {name: key, rotated: 2026-09-01}
    rollout: {strategy: canary}
    deployment_window: {from: "09:00", to: "16:00", time_zone: Europe/Berlin}
    attestations:
      - {check: PR-039, by: Owner, on: 2026-09-01, until: 2026-11-30}
`, i, i, i, i%60, i%24, 1+i%28, i)
	}
	return []byte(strings.ReplaceAll(text.String(), "orders-", "orders_"))
}

func lines(n int, format string) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, format, i)
	}
	return text.String()
}
