package recovery

import (
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// ofCertificates are the recording rules of what the blackbox exporter saw: of
// declared endpoints as the service's, of the others as nobody's.
func ofCertificates(c catalog.Catalog) []rule.Recording {
	carries := append(telemetry.ServiceIdentity(), telemetry.Instance)
	var all []rule.Recording
	for _, entry := range c.Services {
		for _, s := range rule.Split(entry) {
			for _, at := range certified(s) {
				all = append(all, rule.Recording{
					Name: telemetry.RecordedCertificateExpiry, Labels: rule.Declared(s), Carries: carries,
					Expr: fmt.Sprintf("min by (%s) (%s)", telemetry.Instance,
						rule.Select(telemetry.ProbeCertificateExpiry.Name, map[string]string{telemetry.Instance: at})),
				})
			}
		}
	}
	rest := fmt.Sprintf("min by (%s) (%s)", telemetry.Instance, telemetry.ProbeCertificateExpiry.Name)
	if len(all) > 0 {
		rest += fmt.Sprintf(` unless on (%s) %s{%s!=""}`, telemetry.Instance, telemetry.RecordedCertificateExpiry, telemetry.Service)
	}
	return append(all, rule.Recording{Name: telemetry.RecordedCertificateExpiry, Carries: carries, Expr: rest})
}

// certified are the URLs of a service's public endpoints that show a certificate,
// each once.
func certified(s catalog.Service) []string {
	var all []string
	for _, e := range s.Endpoints {
		if u, err := url.Parse(e.URL); e.Public && err == nil && u.Scheme == "https" && !slices.Contains(all, e.URL) {
			all = append(all, e.URL)
		}
	}
	return all
}

func certificateExpiring() rule.Alert {
	return rule.Alert{
		Name: "CertificateExpiring", Severity: catalog.Ticket, Checklist: "PR-058",
		Applies:  func(s catalog.Service) bool { return len(certified(s)) > 0 },
		Presence: telemetry.RecordedCertificateExpiry,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s - time() < %s", telemetry.RecordedCertificateExpiry, rule.Seconds(certificateLeft(t)))
		},
		Wait:    rule.Always(time.Hour),
		Summary: "The certificate of {{ $labels.instance }} {{ if lt $value 0.0 }}has ended{{ else }}ends in {{ $value | humanizeDuration }}{{ end }}",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("The first certificate of the chain that {{ $labels.instance }} shows {{ if lt $value 0.0 }}has ended{{ else }}ends in {{ $value | humanizeDuration }}{{ end }}."+
				" The alert fires below %s days, for 1h.", rule.Number(t.Policy.Thresholds.CertificateDays))
		},
		Guide: rule.Guide{
			Meaning: "A certificate was not renewed in time, or was renewed and is not yet served.",
			Impact:  "None until it ends. From then on every client refuses to connect.",
			Look: []rule.Look{
				{Question: "What is left, in days?", Query: `(instance:certificate_expiry_timestamp_seconds:min{$selector} - time()) / 86400`},
			},
			Act: []string{
				"See what is served, intermediate certificates too:\n\n```sh\nopenssl s_client -connect HOST:443 -servername HOST -showcerts </dev/null | openssl x509 -noout -dates -issuer\n```",
				"With cert-manager, see why it was not renewed:\n\n```sh\nkubectl get certificates,certificaterequests,orders,challenges -A\n```",
				"If the new one is there and the old one served, let what serves it load it anew.",
			},
		},
		Trial: certificateTrial,
	}
}

func certificateLeft(t rule.Target) time.Duration {
	return time.Duration(t.Policy.Thresholds.CertificateDays * float64(day))
}
