package recovery

import (
	"fmt"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// ofSecret is the recording rule of a secret: a date is a constant.
func ofSecret(s catalog.Service, secret catalog.Secret) rule.Recording {
	t := thingOf(s, telemetry.Secret, secret.Name)
	if secret.Metric == "" {
		return t.recorded(telemetry.RecordedSecretRotated, fmt.Sprintf("vector(%d)", secret.Rotated.Unix()), nil)
	}
	selector, reads := gauge(s, catalog.Evidence{Metric: secret.Metric, Match: secret.Match})
	return t.carried(telemetry.RecordedSecretRotated, fmt.Sprintf("min(%s)", selector), nil, reads)
}

// secrets are the secrets of a service that pass.
func secrets(pass func(catalog.Secret) bool) func(catalog.Service) []rule.Item {
	return func(s catalog.Service) []rule.Item {
		var all []rule.Item
		for _, secret := range s.Secrets {
			if pass(secret) {
				all = append(all, rule.Item{Name: secret.Name, Labels: map[string]string{telemetry.Secret: secret.Name}, Value: secret})
			}
		}
		return all
	}
}

func anySecret(catalog.Secret) bool { return true }

// dueAfter is when to begin with the rotation: 80 days of 90.
func dueAfter(s catalog.Secret) time.Duration { return s.MaxAge.Duration() * 8 / 9 }

func overdueAfter(s catalog.Secret) time.Duration { return s.MaxAge.Duration() }

func secretRotationDue() rule.Alert {
	return secretAlert(rule.Alert{
		Name: "SecretRotationDue", Severity: catalog.Ticket,
		Summary: "Rotate the secret {{ $labels.secret }} of " + rule.Where + ": it is {{ $value | humanizeDuration }} old",
		Guide: rule.Guide{
			Meaning: "A secret nears the age at which it must have been rotated.",
			Impact:  "None. There are some days left to do it in working hours.",
		},
	}, dueAfter)
}

// secretRotationOverdue is a ticket, though the catalogue of the specification calls it
// critical: its own first rule pages only for what users feel, and nobody feels that a
// secret is a day older. The day of a rotation is midnight in UTC, so it would page in
// the night, and nobody should exchange credentials in the night.
func secretRotationOverdue() rule.Alert {
	return secretAlert(rule.Alert{
		Name: "SecretRotationOverdue", Severity: catalog.Ticket,
		Summary: "The secret {{ $labels.secret }} of " + rule.Where + " is {{ $value | humanizeDuration }} old and should have been rotated",
		Guide: rule.Guide{
			Meaning: "A secret is older than it may become.",
			Impact:  "None that users see. Whoever got hold of the secret since can still use it.",
		},
	}, overdueAfter)
}

// secretAlert completes an alert about secrets that are older than that.
func secretAlert(a rule.Alert, than func(catalog.Secret) time.Duration) rule.Alert {
	a.Checklist = "PR-005"
	a.Items, a.Presence = secrets(anySecret), telemetry.RecordedSecretRotated
	a.Condition = func(t rule.Target) string {
		return fmt.Sprintf("time() - %s > %s", telemetry.RecordedSecretRotated, rule.Seconds(than(t.Item.(catalog.Secret))))
	}
	a.Wait = rule.Always(time.Hour)
	a.Description = func(t rule.Target) string {
		secret := t.Item.(catalog.Secret)
		return fmt.Sprintf("The secret {{ $labels.secret }} of "+rule.Where+" was rotated {{ $value | humanizeDuration }} ago. It may become %s old. The alert fires above %s, for 1h.",
			rule.Short(secret.MaxAge.Duration()), rule.Short(than(secret)))
	}
	a.Guide.Look = []rule.Look{
		{Question: "How old is it?", Query: `time() - service_secret:rotated_timestamp_seconds:min{$selector}`},
	}
	a.Guide.Act = []string{
		"Make a second secret beside the old one, give it to everything that uses it, see that nobody uses the old one any more, and only then withdraw it.",
		"If the services file has the day of the rotation, write the new day, and generate the rules anew: nothing else ends the alert.",
		"Let the vault rotate it by itself.",
	}
	a.Trial = func(t rule.Target, id map[string]string) rule.Trial {
		return secretTrial(t, id, than(t.Item.(catalog.Secret)))
	}
	return a
}
