package recovery

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
)

// declared is a catalog with evidence in all its forms.
func declared() catalog.Catalog {
	c := catalog.Default()
	critical, important := catalog.DefaultPolicy(catalog.Critical), catalog.DefaultPolicy(catalog.Important)
	important.Thresholds.CertificateDays = 30
	on := func(day string) catalog.Date {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			panic(err)
		}
		return catalog.Date{Time: at}
	}
	c.Services = []catalog.Service{
		{
			Name: "shop", Namespace: "web", Environments: []string{"production", "staging"}, Policy: critical,
			Endpoints: []catalog.Endpoint{{Name: "shop", URL: "https://shop.example.com/", Public: true}, {Name: "inside", URL: "https://shop.internal.example.com/"}},
			Backups: []catalog.Backup{
				{
					Name: "orders", Success: catalog.Evidence{Job: "ship-wal"}, RPO: 5 * time.Minute, Every: 5 * time.Minute,
					Retention: 30, Oldest: catalog.Evidence{Metric: "backup_oldest_time", Match: map[string]string{"set": `or"ders`}},
					Drill: catalog.Evidence{Job: "restore drill"}, DrillEvery: 90, RTO: time.Hour,
				},
				{
					Name: "carts", Success: catalog.Evidence{CronJob: "shop/backup-carts"}, RPO: time.Hour, Every: 24 * time.Hour,
					Retention: 7, Oldest: catalog.Evidence{Metric: "backup_oldest_time", Match: map[string]string{"set": "carts"}},
					Drill: catalog.Evidence{CronJob: "shop/drill-carts"}, DrillEvery: 31, RTO: 4 * time.Hour,
				},
			},
			Secrets: []catalog.Secret{
				{Name: "database", Metric: "secret_rotated_timestamp_seconds", Match: map[string]string{"name": "database"}, MaxAge: 90},
				{Name: "payment key", Rotated: on("2026-09-01"), MaxAge: 90},
				{Name: "signing key", Rotated: on("2026-03-05"), MaxAge: 30},
			},
		},
		{
			Name: "mail \"er\"", Policy: important,
			Endpoints: []catalog.Endpoint{{Name: "mail", URL: "https://mail.example.com/", Public: true}},
			Backups: []catalog.Backup{
				{Name: "mails", Success: catalog.Evidence{Velero: "mails-daily"}, RPO: 24 * time.Hour, Every: 24 * time.Hour, RTO: time.Hour},
				{
					Name: "archive", Success: catalog.Evidence{Metric: "archive_last_success", Match: map[string]string{"instance": "nas"}}, RPO: 24 * time.Hour,
					Every: 31 * 24 * time.Hour, Drill: catalog.Evidence{Metric: "archive_restored_at"}, DrillEvery: 366, RTO: time.Hour,
				},
			},
			Secrets: []catalog.Secret{{Name: "smtp", Rotated: on("2026-10-10"), MaxAge: 1}},
		},
	}
	return c
}

// neighbours is a catalog of one service, and of one beside it in each direction: in
// another environment, in another namespace, with another name, and with another part.
func neighbours() catalog.Catalog {
	c := declared()
	shop := c.Services[0]
	backup, secret := shop.Backups[0], shop.Secrets[0]
	backup.Name, backup.Success.Job, backup.Drill.Job = "second", "ship-second", "drill second"
	backup.Oldest.Match = map[string]string{"set": "second"}
	secret.Name, secret.Match = "second", map[string]string{"name": "second"}
	shop.Backups = []catalog.Backup{shop.Backups[0], backup}
	shop.Secrets = []catalog.Secret{shop.Secrets[0], secret}
	beside := func(name, namespace string) catalog.Service {
		s := shop
		s.Name, s.Namespace, s.Environments = name, namespace, shop.Environments[:1]
		s.Backups, s.Secrets = shop.Backups[:1:1], shop.Secrets[:1]
		s.Endpoints = []catalog.Endpoint{{URL: "https://" + name + "." + namespace + ".example.com/", Public: true}}
		return s
	}
	c.Services = []catalog.Service{shop, beside("shop", "kiosk"), beside("bar", "web")}
	return c
}

func TestPromtoolAcceptsTheRulesAndTheirUnitTests(t *testing.T) {
	ruletest.Check(t, Family(), catalog.Default())
	ruletest.Check(t, Family(), declared())
}

// Of the four, two are rarer than their objective: between two of them it would always
// be missed.
func TestTheRPOIsWatchedOnlyOfBackupsThatCanKeepIt(t *testing.T) {
	of := make(map[string][]string)
	for _, made := range ruletest.Make(t, Family(), declared()).Made {
		if made.Part != nil && !slices.Contains(of[made.Name], made.Part.Name) {
			of[made.Name] = append(of[made.Name], made.Part.Name)
		}
	}
	require.Equal(t, []string{"orders", "mails"}, of["RPOViolated"])
	require.Equal(t, []string{"orders", "carts", "mails", "archive"}, of["BackupMissed"])
}

func TestEveryDefectIsCaughtByTheUnitTests(t *testing.T) {
	ruletest.Mutate(t, Family(), neighbours(), map[string]string{
		`BackupRetentionShort: node \d+, without .*`: "each side of its and has the labels of the other",
		`RPOViolated: node \d+, without .*`:          "each of its operands has the labels of the others",
		`CertificateExpiring: node \d+, without .*`:  "what is not declared has no label of a service at all",
	})
}
