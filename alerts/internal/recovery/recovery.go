// Package recovery has the alerts about what must be in order before it is needed:
// backups, restores, secrets and certificates.
//
// There is none about how long logs are kept, and none about the region of backups:
// no exporter tells of either. The services file refuses what the checklist forbids.
package recovery

import (
	"fmt"
	"strings"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Family are the rules about recovery: sections 1 (secrets) and 6 (backup and
// disaster recovery) of the checklist.
func Family() rule.Family {
	return rule.Family{
		Name:     "recovery",
		Interval: time.Minute,
		Reads: []telemetry.Metric{
			telemetry.CronJobLastSuccess, telemetry.KubeJobStart, telemetry.KubeJobCompletion, telemetry.KubeJobOwner,
			telemetry.VeleroLastSuccess, telemetry.ProbeCertificateExpiry,
		},
		Recordings: recordings,
		Alerts: []rule.Alert{
			rpoViolated(), backupMissed(), backupRetentionShort(),
			restoreDrillOverdue(), rtoDrillTooSlow(),
			secretRotationDue(), secretRotationOverdue(),
			recoveryEvidenceMissing(), certificateExpiring(),
		},
	}
}

const day = 24 * time.Hour

// memory is how long Prometheus may be away before what only it remembers is lost.
const memory = "1d"

func recordings(c catalog.Catalog) []rule.Recording {
	var all []rule.Recording
	for _, entry := range c.Services {
		for _, s := range rule.Split(entry) {
			for _, b := range s.Backups {
				all = append(all, ofBackup(s, b)...)
			}
			for _, secret := range s.Secrets {
				all = append(all, ofSecret(s, secret))
			}
		}
	}
	return append(all, ofCertificates(c)...)
}

// thing is a part of a service that is recorded: a set of data, a secret.
type thing struct {
	// kind is the label that has its name.
	kind string
	// labels are those of the identity that is declared, and kind.
	labels map[string]string
}

// name is the label that has its name.
func (t thing) name() map[string]string { return map[string]string{t.kind: t.labels[t.kind]} }

func thingOf(s catalog.Service, kind, name string) thing {
	return thing{kind, rule.With(rule.Declared(s), kind, name)}
}

// carried records the expression, or, where it has nothing to say, what was recorded
// before. By are the labels of identity that its series have; the rest is added.
func (t thing) carried(name, expr string, by, reads []string) rule.Recording {
	return t.recorded(name, fmt.Sprintf("%s or on (%s) %s", expr, strings.Join(by, ", "), t.before(name)), append(reads, name))
}

// since records the time that a series has, or, until there is one, when this began.
func (t thing) since(name, of string) rule.Recording {
	r := t.carried(name, rule.Select(of, t.labels), nil, nil)
	r.Expr += " or on () vector(time())"
	return r
}

func (t thing) recorded(name, expr string, reads []string) rule.Recording {
	return rule.Recording{Name: name, Expr: expr, Labels: t.labels, Carries: append(telemetry.ServiceIdentity(), t.kind), Reads: reads}
}

// before is what was recorded last.
func (t thing) before(name string) string {
	return fmt.Sprintf("last_over_time(%s[%s])", rule.Select(name, t.labels), memory)
}
