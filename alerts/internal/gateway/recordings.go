package gateway

import (
	"fmt"
	"strings"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// window is how far the rules about what was not delivered look back. An exporter
// gives up on a batch after 5 minutes of retries, unless it is told otherwise, and
// then on the next after 5 more: a shorter window would lose sight in between.
const window = "10m"

// recordings are one rule for each metric: those of a signal, a reason or a connector
// get labels for it, because in one expression "or" would take series that differ in
// nothing else for one.
func recordings(catalog.Catalog) []rule.Recording {
	perGateway := telemetry.ScrapeLabels()
	perSignal := append(telemetry.ScrapeLabels(), telemetry.Signal)
	all := []rule.Recording{
		{Name: telemetry.RecordedGateways, Carries: perGateway, Expr: present()},
		{Name: telemetry.RecordedScrubbed, Carries: perSignal,
			Expr: fmt.Sprintf("sum by (%s) (increase(%s[5m]))", list(perSignal), telemetry.ScrubDuration.CountName())},
	}
	for _, signal := range telemetry.Signals() {
		all = append(all, rule.Recording{
			Name: telemetry.RecordedAccepted, Carries: perSignal, Labels: map[string]string{telemetry.Signal: signal},
			Expr: ours(perGateway, fmt.Sprintf("increase(%s[5m])", telemetry.Accepted[signal].Name)),
		})
	}
	all = append(all, dropped()...)
	all = append(all, refused()...)
	return append(all, derived()...)
}

// present are the gateways: every Collector has the metrics of receivers and
// exporters, and those of others are none of our business. A gateway that was
// configured without scrub and its guard still has its name.
func present() string {
	return fmt.Sprintf("group by (%s) (%s or %s or %s{service_name=%q})", list(telemetry.ScrapeLabels()),
		telemetry.ScrubPolicyInfo.Name, telemetry.UnscrubbedPipelines.Name, telemetry.GatewayTarget.Name, telemetry.GatewayName)
}

// ours adds up what is a gateway's.
func ours(by []string, expr string) string {
	return fmt.Sprintf("sum by (%s) (%s and on (%s) %s)", list(by), expr, list(telemetry.ScrapeLabels()), telemetry.RecordedGateways)
}

func dropped() []rule.Recording {
	var all []rule.Recording
	for _, drop := range []struct {
		reason, component string
		metrics           telemetry.PerSignal
	}{
		{telemetry.DropSendFailed, telemetry.Exporter, telemetry.SendFailed},
		{telemetry.DropQueueFull, telemetry.Exporter, telemetry.EnqueueFailed},
		{telemetry.DropRefused, telemetry.Receiver, telemetry.Refused},
		{telemetry.DropFailed, telemetry.Receiver, telemetry.Failed},
	} {
		for _, signal := range telemetry.Signals() {
			all = append(all, rule.Recording{
				Name:    telemetry.RecordedDropped,
				Carries: []string{telemetry.Job, telemetry.Exporter, telemetry.Receiver, telemetry.Signal, telemetry.Reason},
				Labels:  map[string]string{telemetry.Signal: signal, telemetry.Reason: drop.reason},
				Expr:    ours([]string{telemetry.Job, drop.component}, "("+grown(drop.metrics[signal].Name, window)+")"),
			})
		}
	}
	return all
}

// refused is which part of what came to a receiver was refused. A counter of what was
// accepted begins with the first item: without one there is no such part.
func refused() []rule.Recording {
	by := []string{telemetry.Job, telemetry.Receiver}
	var all []rule.Recording
	for _, signal := range telemetry.Signals() {
		none := rule.Select(telemetry.RecordedDropped, map[string]string{telemetry.Signal: signal, telemetry.Reason: telemetry.DropRefused})
		sum := fmt.Sprintf("sum by (%s) (%s)", list(by), none)
		all = append(all, rule.Recording{
			Name: telemetry.RecordedRefusedShare, Carries: append(by[:len(by):len(by)], telemetry.Signal, telemetry.Reason),
			Labels: map[string]string{telemetry.Signal: signal, telemetry.Reason: telemetry.DropRefused},
			Expr:   fmt.Sprintf("%s / (%s + %s)", sum, sum, ours(by, fmt.Sprintf("increase(%s[%s])", telemetry.Accepted[signal].Name, window))),
		})
	}
	return all
}

func derived() []rule.Recording {
	of := func(m telemetry.Metric, name string, labels map[string]string, carries ...string) rule.Recording {
		by := append([]string{telemetry.Job}, m.Labels...)
		return rule.Recording{
			Name: name, Labels: labels, Carries: append(by[:len(by):len(by)], carries...),
			Expr: fmt.Sprintf("sum by (%s) (increase(%s[%s]))", list(by), m.Name, window),
		}
	}
	failing := func(m telemetry.Metric, connector, problem string) rule.Recording {
		return of(m, telemetry.RecordedDerivationErrors, map[string]string{telemetry.Connector: connector, telemetry.Problem: problem},
			telemetry.Connector, telemetry.Problem)
	}
	overflow := func(m telemetry.Metric, connector string) rule.Recording {
		return of(m, telemetry.RecordedOverflow, map[string]string{telemetry.Connector: connector}, telemetry.Connector)
	}
	return []rule.Recording{
		failing(telemetry.RedSaveErrors, "red", telemetry.ProblemSave),
		failing(telemetry.RedFlushErrors, "red", telemetry.ProblemFlush),
		failing(telemetry.BusinessSaveErrors, "business", telemetry.ProblemSave),
		failing(telemetry.BusinessFlushErrors, "business", telemetry.ProblemFlush),
		failing(telemetry.BusinessRefused, "business", telemetry.ProblemRefused), // the last: it carries most
		overflow(telemetry.RedOverflow, "red"),
		overflow(telemetry.BusinessOverflow, "business"),
	}
}

// grown is by how much a counter grew that begins with its first count, or with what
// it counted while Prometheus saw nothing of it. increase() sees neither, so the value
// now is compared with the last of the hour before the window, too: a series that had
// none, or a higher one, counts in full, any other by the difference.
//
// What Prometheus did not see for longer than that hour is told again, from the start of
// the gateway on. That is better than to miss what happened meanwhile.
func grown(metric, window string) string {
	before := fmt.Sprintf("last_over_time(%s[1h] offset %s)", metric, window)
	return fmt.Sprintf("(%s unless %s <= %s) or increase(%s[%s]) > 0 or %s - %s", metric, before, metric, metric, window, metric, before)
}

func list(labels []string) string { return strings.Join(labels, ", ") }
