package telemetry_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/readygate/readygate/internal/golden"
	"github.com/readygate/readygate/internal/telemetry"
)

// The reference is written by go test ./internal/telemetry -update.
func TestTheReferenceListsTheContract(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Derived metrics\n\n")
	b.WriteString("Generated from `internal/telemetry`. What the `red` connector derives; the business connector derives what its configuration declares. ")
	b.WriteString("[numbers.md](../numbers.md) says how each number is computed.\n\n")
	fmt.Fprintf(&b, "Every series also has the labels %s, each if the telemetry has it.\n\n", labels(telemetry.CommonLabels()))
	b.WriteString("| metric | type | unit | labels | meaning |\n|---|---|---|---|---|\n")
	for _, m := range telemetry.Metrics() {
		fmt.Fprintf(&b, "| `%s` | %s | `%s` | %s | %s |\n", m.Name, m.Kind, m.Unit, labels(m.Labels), m.Help)
	}
	golden.File(t, "../../docs/reference/metrics.md", []byte(b.String()))
}

func labels(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "`" + strings.Join(names, "`, `") + "`"
}
