package alerts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
)

// The reference is written by go test ./alerts -run Reference -update.
func TestTheReferenceListsEveryAlert(t *testing.T) {
	// What is there without a services file, and, of the example, what needs one.
	var made []Alert
	for _, c := range []catalog.Catalog{catalog.Default(), shop(t)} {
		rules, err := Generate(c, Options{})
		require.NoError(t, err)
		all, err := rules.Alerts()
		require.NoError(t, err)
		made = append(made, all...)
	}
	var b strings.Builder
	b.WriteString("# Alerts\n\nGenerated from the models in `alerts/internal`. `for` is how long the condition must hold, `keep` how long the alert goes on after it ended, both as they are by default. " +
		"What a service must say in the services file to have the alert is in the column `needs`; without it there is one rule for all services, or for what is no service. " +
		"`readyctl explain ALERT` has the condition and the numbers, and [alerts.md](../alerts.md) where the series come from.\n")
	for _, f := range families() {
		fmt.Fprintf(&b, "\n## %s\n\n| alert | severity | for | keep | checklist | needs | meaning |\n|---|---|---|---|---|---|---|\n", f.Name)
		var names []string
		for _, a := range f.Alerts {
			if slices.Contains(names, a.Name) {
				continue
			}
			names = append(names, a.Name)
			at := slices.IndexFunc(made, func(m Alert) bool { return m.Name == a.Name })
			require.GreaterOrEqual(t, at, 0, "%s: neither the defaults nor the example has it", a.Name)
			m := made[at]
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s |\n", a.Name, m.Severity, duration(m.For), duration(m.KeepFiringFor), a.Checklist, needs(a), a.Guide.Meaning)
		}
	}
	golden.File(t, "../docs/reference/alerts.md", []byte(b.String()))
}

func duration(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return rule.Short(d)
}

// needs is the section of the services file without which there is no rule.
func needs(a rule.Alert) string {
	sections := map[string]string{
		"QueueBacklogGrowing": "`queues`", "BackgroundJobNotRunning": "`jobs` with a schedule", "CanaryStageOverdue": "`rollout` with stages",
		"ServiceDown": "`metrics.scrape_job`", "InstanceDown": "`metrics.scrape_job`",
		"BackupMissed": "`backups`", "RPOViolated": "`backups`", "BackupRetentionShort": "`backups` with `oldest`", "RestoreDrillOverdue": "`backups` with `drill`", "RTODrillTooSlow": "`backups` with `drill`",
		"SecretRotationDue": "`secrets`", "SecretRotationOverdue": "`secrets`", "RecoveryEvidenceMissing": "`backups` or `secrets` with a metric",
	}
	business := ""
	if a.Items != nil {
		business = "`business`"
	}
	declared := ""
	if a.Declared {
		declared = "to be declared"
	}
	return cmp.Or(sections[a.Name], business, declared)
}
