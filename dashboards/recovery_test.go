package dashboards

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

const (
	ofCheckout = `service="checkout", service_namespace="shop"`
	ofPayments = `service="payments", service_namespace="shop", environment="production"`
	ofOrders   = ofCheckout + `, dataset="orders"`
	ofLedger   = ofPayments + `, dataset="ledger"`
)

// recoverySeries are those of the shop after 20 minutes, at which the last backups were
// made 60 and 240 seconds ago, and all else is in order.
func recoverySeries() string {
	at := func(ago time.Duration) string { return number((20*time.Minute - ago).Seconds()) }
	const day = 24 * time.Hour
	var text strings.Builder
	text.WriteString("load 1m\n")
	for _, s := range [][2]string{
		{telemetry.RecordedBackupSuccess + "{" + ofOrders + "}", at(time.Minute)},
		{telemetry.RecordedBackupSuccess + "{" + ofLedger + "}", at(4 * time.Minute)},
		{telemetry.RecordedBackupSince + "{" + ofOrders + "}", at(time.Minute)},
		{telemetry.RecordedBackupSince + "{" + ofLedger + "}", at(4 * time.Minute)},
		{telemetry.RecordedBackupHeard + "{" + ofOrders + "}", at(0)},
		{telemetry.RecordedBackupHeard + "{" + ofLedger + "}", at(0)},
		{telemetry.RecordedBackupOldest + "{" + ofOrders + "}", at(30 * day)},
		{telemetry.RecordedBackupFirst + "{" + ofOrders + "}", at(40 * day)},
		{telemetry.RecordedDrillSince + "{" + ofOrders + "}", at(5 * day)},
		{telemetry.RecordedDrillSince + "{" + ofLedger + "}", at(6 * day)},
		{telemetry.RecordedDrillDuration + "{" + ofOrders + "}", "600"},
		{telemetry.RecordedDrillDuration + "{" + ofLedger + "}", "900"},
		{telemetry.RecordedSecretRotated + "{" + ofPayments + `, secret="bank API key"}`, at(45 * day)},
		{telemetry.RecordedSecretRotated + "{" + ofPayments + `, secret="card vault"}`, at(24 * day)},
		{telemetry.RecordedCertificateExpiry + "{" + ofCheckout + `, instance="https://www.shop.example.com/cart"}`, at(-20 * day)},
		{telemetry.RecordedCertificateExpiry + `{service="storefront", instance="https://www.shop.example.com/"}`, at(-40 * day)},
		{telemetry.RecordedCertificateExpiry + `{instance="https://other.example.com/"}`, at(-50 * day)},
		{telemetry.RecordedHeardInADay + "{" + ofCheckout + `, environment="production"}`, at(0)},
		{telemetry.RecordedHeardInADay + "{" + ofPayments + "}", at(0)},
		{telemetry.RecordedHeardInADay + `{service="storefront"}`, at(0)},
		{telemetry.RecordedGateways + `{job="g", instance="a"}`, "1"},
		{`ALERTS{alertname="SecretRotationDue", alertstate="firing", severity="warning", ` + ofPayments + "}", "1"},
		{`ALERTS{alertname="RPOViolated", alertstate="firing", severity="critical", ` + ofCheckout + "}", "1"},
		{`ALERTS{alertname="CertificateExpiring", alertstate="firing", severity="warning", service="storefront"}`, "1"},
	} {
		fmt.Fprintf(&text, "  %s %sx25\n", s[0], s[1])
	}
	text.WriteString("  " + telemetry.ScrubFindings.Name + `{job="g", instance="a", signal="logs", detector="email", action="mask"} 0+1x25` + "\n")
	return text.String()
}

func TestEveryQueryOfTheRecoveryDashboardHasAnAnswer(t *testing.T) {
	c := load(t, "../examples/shop/services.yaml")
	for _, v := range append([]view{{catalog: c}}, view{c, &c.Services[0]}, view{c, &c.Services[1]}, view{c, &c.Services[2]}) {
		everyPanelAnswers(t, v, recovery(v), answerer(t, recoverySeries(), 20*time.Minute))
	}
}

// What nobody declares is said, instead of shown empty.
func TestWithoutBackupsTheRecoveryDashboardSaysSo(t *testing.T) {
	for _, path := range []string{"", "../alerts/testdata/nasty.yaml"} {
		c := catalog.Default()
		if path != "" {
			c = load(t, path)
		}
		v := view{catalog: c}
		d, err := recovery(v).build(v)
		require.NoError(t, err)
		require.NoError(t, lint(d, produced(c)))
		var titles []string
		for _, p := range panels(d) {
			titles = append(titles, *p.Title)
		}
		require.Contains(t, titles, "No backup is declared")
		require.NotContains(t, titles, "Whether the RPO is kept")
		require.Contains(t, titles, "Certificates that end first")
		for i := range c.Services {
			v := view{c, &c.Services[i]}
			d, err := recovery(v).build(v)
			require.NoError(t, err)
			require.NoError(t, lint(d, produced(c)))
		}
	}
}

func TestEachPartIsMeasuredByItsOwnNumber(t *testing.T) {
	v := view{catalog: load(t, "../examples/shop/services.yaml")}
	d, err := recovery(v).build(v)
	require.NoError(t, err)
	answer := answerer(t, recoverySeries(), 20*time.Minute)
	shares := make(map[string]float64)
	for _, q := range Queries(d, nil) {
		if q.Panel != "Age of secrets, in their maximum, top 20" && q.Panel != "How long logs are kept, as declared" {
			continue
		}
		for _, s := range answer(q.Expr) {
			shares[s.Metric.Get(telemetry.Secret)+s.Metric.Get(telemetry.Service)] = s.F
		}
	}
	require.Equal(t, map[string]float64{
		"bank API keypayments": 0.5, "card vaultpayments": 0.8,
		"checkout": 60 * 86400, "payments": 90 * 86400, "storefront": 30 * 86400,
	}, shares)
}

// One name of a set of data can have a number for each service, and one service a
// number for each.
func TestPartsOfTheSameNameAreToldApart(t *testing.T) {
	backup := func(name string, rpo time.Duration) catalog.Backup {
		return catalog.Backup{Name: name, RPO: rpo, Every: time.Minute, Success: catalog.Evidence{Metric: "m"}}
	}
	a := catalog.Service{Name: "a", Backups: []catalog.Backup{backup("x", time.Minute), backup("y", time.Hour)}}
	b := catalog.Service{Name: "b$", Backups: []catalog.Backup{backup("x", time.Hour), backup("y", time.Minute)}}
	v := view{catalog: catalog.Catalog{Services: []catalog.Service{a, b}}}
	all := v.backups(func(b catalog.Backup) (float64, bool) { return b.RPO.Seconds(), true })
	require.Equal(t, `60 {service="a", dataset="x"} or 60 {service="b\x24", dataset="y"}`+
		` or 3600 {service="b\x24", dataset="x"} or 3600 {service="a", dataset="y"}`,
		v.each(telemetry.Dataset, all, func(n string, more []string) string { return n + " {" + strings.Join(more, ", ") + "}" }))
}

// Hundreds of services with a backup each make one short query.
func TestPartsWithOneNumberShareASelector(t *testing.T) {
	var c catalog.Catalog
	for i := range 200 {
		c.Services = append(c.Services, catalog.Service{Name: fmt.Sprintf("s%d", i),
			Backups: []catalog.Backup{{Name: fmt.Sprintf("data%d", i), RPO: time.Hour}}})
	}
	v := view{catalog: c}
	all := v.backups(func(b catalog.Backup) (float64, bool) { return b.RPO.Seconds(), true })
	require.NotContains(t, v.each(telemetry.Dataset, all, func(n string, _ []string) string { return n }), " or ")
}

// The choice of an environment must not hide what is declared for all of them.
func TestBackupsOfAllEnvironmentsAreShownForEach(t *testing.T) {
	v := view{catalog: load(t, "../examples/shop/services.yaml")}
	d, err := recovery(v).build(v)
	require.NoError(t, err)
	answer := answerer(t, recoverySeries(), 20*time.Minute)
	for environment, count := range map[string]int{"production": 2, "(production|staging)": 2, "staging": 1} {
		for _, q := range Queries(d, map[string]string{telemetry.Environment: environment}) {
			if q.Panel == "Whether the RPO is kept" {
				require.Len(t, answer(q.Expr), count, environment)
			}
		}
	}
}

// Panels cross their lines at the values at which the alerts fire.
func TestLinesOfRecoveryAreCrossedWhenTheirAlertsAre(t *testing.T) {
	v := view{catalog: load(t, "../examples/shop/services.yaml")}
	series := func(name, labels string, ago time.Duration) string {
		return fmt.Sprintf("  %s{%s} %sx25\n", name, labels, number((20*time.Minute - ago).Seconds()))
	}
	copied := func(ago time.Duration) string {
		return series(telemetry.RecordedBackupSuccess, ofOrders, ago) + series(telemetry.RecordedBackupHeard, ofOrders, 0)
	}
	const day = 24 * time.Hour
	rotated := func(name string, ago time.Duration) string {
		return series(telemetry.RecordedSecretRotated, ofPayments+`, secret="`+name+`"`, ago)
	}
	ends := func(in time.Duration) string {
		return series(telemetry.RecordedCertificateExpiry, ofCheckout+`, instance="https://www.shop.example.com/cart"`, -in)
	}
	took := func(seconds int) string {
		return fmt.Sprintf("  %s{%s} %dx25\n", telemetry.RecordedDrillDuration, ofOrders, seconds)
	}
	for _, test := range []struct {
		id     uint32
		alert  string
		series string
		fires  bool
	}{
		{6101, "RPOViolated", copied(301 * time.Second), true},
		{6101, "RPOViolated", copied(299 * time.Second), false},
		{6102, "BackupMissed", series(telemetry.RecordedBackupSince, ofOrders, 2*time.Hour+61*time.Second), true},
		{6102, "BackupMissed", series(telemetry.RecordedBackupSince, ofOrders, 2*time.Hour+59*time.Second), false},
		{6103, "RTODrillTooSlow", took(1801), true},
		{6103, "RTODrillTooSlow", took(1799), false},
		{6104, "SecretRotationDue", rotated("bank API key", 80*day+time.Second), true},
		{6104, "SecretRotationDue", rotated("bank API key", 80*day-time.Second), false},
		{6104, "SecretRotationOverdue", rotated("card vault", 30*day+time.Second), true},
		{6401, "SecretRotationOverdue", rotated("card vault", 30*day-time.Second), false},
		{6105, "CertificateExpiring", ends(14*day - time.Second), true},
		{6403, "CertificateExpiring", ends(14*day + time.Second), false},
	} {
		theSame(t, v, recovery(v), test.id, test.alert, "load 1m\n"+test.series, 20*time.Minute, test.fires)
	}
}

// Lines that are drawn by queries: the alert's condition changes where the value
// crosses its line.
func TestNumbersOfPartsAreThoseOfTheirAlerts(t *testing.T) {
	v := view{catalog: load(t, "../examples/shop/services.yaml")}
	d, err := recovery(v).build(v)
	require.NoError(t, err)
	for id, test := range map[string]struct {
		alert, series, labels, more string
		floor                       bool
	}{
		"Age of the last good copy": {"RPOViolated", telemetry.RecordedBackupSuccess, ofOrders,
			"  " + telemetry.RecordedBackupHeard + "{" + ofOrders + "} 1200x25\n  " + telemetry.RecordedBackupSince + "{" + ofOrders + "} 1200x25\n", false},
		"Time without a good backup":              {"BackupMissed", telemetry.RecordedBackupSince, ofOrders, "", false},
		"Time since the last good restore drill":  {"RestoreDrillOverdue", telemetry.RecordedDrillSince, ofLedger, "", false},
		"Age of the oldest backup that is kept":   {"BackupRetentionShort", telemetry.RecordedBackupOldest, ofOrders, "  " + telemetry.RecordedBackupFirst + "{" + ofOrders + "} -3e6x25\n", true},
		"Duration of the last good restore drill": {"RTODrillTooSlow", telemetry.RecordedDrillDuration, ofOrders, "", false},
	} {
		queries := make([]string, 0, 2)
		for _, q := range Queries(d, nil) {
			if q.Panel == id {
				queries = append(queries, q.Expr)
			}
		}
		require.Len(t, queries, 2, id)
		with := func(v float64) string {
			return "load 1m\n  " + test.series + "{" + test.labels + "} " + number(v) + "x25\n" + test.more
		}
		drawn := answerer(t, with(1), 20*time.Minute)(queries[1])
		require.Len(t, drawn, 1, id)
		for _, beyond := range []float64{-1, 1} {
			value := 1200 - drawn[0].F - beyond // the time of the evaluation less the age
			if test.series == telemetry.RecordedDrillDuration {
				value = drawn[0].F + beyond
			}
			answer := answerer(t, with(value), 20*time.Minute)
			require.InDelta(t, drawn[0].F+beyond, answer(queries[0])[0].F, 1e-6, id)
			require.Equal(t, (beyond > 0) != test.floor, holds(t, v.catalog, test.alert, answer), "%s: %v", id, beyond)
		}
	}
}
