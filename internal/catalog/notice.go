package catalog

import (
	"fmt"
	"slices"
	"time"
)

// Notice is something that a person should know about a file that is right.
type Notice struct {
	// Line of the file, from 1.
	Line int
	Text string
}

// opsgenieEnd is the day on which Opsgenie is shut down, as its maker has announced.
var opsgenieEnd = Date{time.Date(2027, time.April, 5, 0, 0, 0, 0, time.UTC)}

// Notices are what a person should know at the time now: signatures and waivers that
// ended, secrets that are due or of the future, receivers that nobody is told through or
// whose system ends, alerts without which the others cannot be trusted and that nobody
// hears, an RPO that no backup is frequent enough for, workloads whose thresholds
// are the defaults'. They are in the order of the catalog: receivers first, then the
// defaults, then service by service.
func (c Catalog) Notices(now time.Time) []Notice {
	notices := append(c.Routing.notices(now), c.Defaults.notices()...)
	for _, s := range c.Services {
		for _, n := range s.notices(now) {
			n.Text = fmt.Sprintf("service %s: %s", s.Name, n.Text)
			notices = append(notices, n)
		}
	}
	return notices
}

func (r Routing) notices(now time.Time) []Notice {
	used := map[string]bool{r.Watchdog: true}
	for _, s := range Severities() {
		used[r.Default[s]] = true
		for _, t := range r.Teams {
			used[t.Receivers[s]] = true
		}
	}
	var notices []Notice
	for _, receiver := range r.Receivers {
		if !used[receiver.Name] {
			notices = append(notices, Notice{receiver.Line, fmt.Sprintf("receiver %s: nothing is sent to it", receiver.Name)})
		}
		if receiver.Kind == Opsgenie {
			ends := "ends"
			if opsgenieEnd.over(now) {
				ends = "ended"
			}
			notices = append(notices, Notice{receiver.Line, fmt.Sprintf("receiver %s: Opsgenie %s on %s; move to another receiver", receiver.Name, ends, opsgenieEnd)})
		}
	}
	if len(r.Receivers) > 0 && r.Watchdog == "" {
		notices = append(notices, Notice{r.Receivers[0].Line, "routing: no watchdog: nobody hears the Watchdog, so if alerting itself fails, nobody is told"})
	}
	return notices
}

// unwise are the alerts that should not be disabled for all, and what that costs.
var unwise = []struct{ alert, cost string }{
	{"Watchdog", "if alerting itself fails, nobody is told"},
	{"PIILeakDetected", "if personal data reach a backend, nobody is told"},
}

func (p Policy) notices() []Notice {
	var notices []Notice
	for _, u := range unwise {
		if slices.Contains(p.Disabled, u.alert) {
			from := p.Origins["disabled_alerts"]
			notices = append(notices, Notice{from.Line, fmt.Sprintf("%s: %s is disabled: %s", from.Level, u.alert, u.cost)})
		}
	}
	return notices
}

func (s Service) notices(now time.Time) []Notice {
	var notices []Notice
	tell := func(line int, format string, args ...any) {
		notices = append(notices, Notice{line, fmt.Sprintf(format, args...)})
	}
	if w := s.Workload; w != nil && len(s.Environments) > 1 {
		tell(s.Line, "workload %s/%s: nothing tells which of the %d environments it is, so its containers are judged by the defaults; write an entry for each environment, with its own workload",
			w.Namespace, w.Name, len(s.Environments))
	}
	for _, b := range s.Backups {
		watched := func(x Backup) bool { return x.CanKeepRPO() && x.RPO <= b.RPO }
		if !slices.ContainsFunc(s.Backups, watched) {
			tell(b.Line, "backup %s: one every %s cannot keep the RPO of %s, so RPOViolated is not made; name what runs more often: replication or a log archive",
				b.Name, short(b.Every), short(b.RPO))
		}
	}
	for _, x := range s.Secrets {
		if due := (Date{x.Rotated.AddDate(0, 0, int(x.MaxAge))}); !x.Rotated.IsZero() && due.over(now) {
			tell(x.Line, "secret %s: was rotated on %s, and its %dd ended on %s", x.Name, x.Rotated, x.MaxAge, due)
		}
	}
	for _, x := range s.Secrets {
		// The day has begun somewhere up to 14 hours before it does in UTC.
		if now.Add(14 * time.Hour).Before(x.Rotated.Time) {
			tell(x.Line, "secret %s: was rotated on %s, which is in the future; it is due %dd after that", x.Name, x.Rotated, x.MaxAge)
		}
	}
	for _, a := range s.Attestations {
		if a.Until.over(now) {
			tell(a.Line, "attestation of %s by %s: ended on %s", a.Check, a.By, a.Until)
		}
	}
	for _, w := range s.Waivers {
		if w.Until.over(now) {
			tell(w.Line, "waiver of %s by %s: ended on %s", w.Check, w.By, w.Until)
		}
	}
	return notices
}
