package routing

import (
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// inhibit is an inhibition: while an alert that matches Source fires, those that
// match Target and have the same labels Equal are not told. To Alertmanager, a
// label that both alerts lack is equal. So a rule about services asks both alerts
// for the label service; without, any two alerts about no service would count as
// being about the same one.
type inhibit struct {
	why    string
	Source []string `yaml:"source_matchers"`
	Target []string `yaml:"target_matchers"`
	Equal  []string `yaml:"equal,flow,omitempty"`
}

// MarshalYAML adds the reason as a comment.
func (i inhibit) MarshalYAML() (any, error) {
	type plain inhibit
	var node yaml.Node
	if err := node.Encode(plain(i)); err != nil {
		return nil, err
	}
	node.HeadComment = i.why
	return &node, nil
}

// neverHidden are alerts that are told whatever else fires.
func neverHidden() []string { return []string{"PIILeakDetected", "PIIScrubberBypassed", Watchdog} }

// symptoms are what users notice when a service is down, and what its own
// telemetry then says. Alerts about causes and about what was lost (memory,
// dependencies, revenue, backups) are not among them.
func symptoms() []string {
	return []string{
		"HighErrorRate", "LowTrafficErrors", "SlowResponseTime", "RequestRateDropped", "SLIInconsistent",
		"ErrorBudgetBurnFast", "ErrorBudgetBurnSlow", "LatencyBudgetBurnFast", "LatencyBudgetBurnSlow",
		"QueueBacklogGrowing", "BackgroundJobNotRunning",
		"OrderCompletionsDropped", "SignupsDropped", "ActiveUsersDropped", "FeatureUsageDropped",
		"SignupConversionDropped", "BusinessMetricDropped",
		"CanaryErrorRegression", "CanaryLatencyRegression", "CanaryInsufficientTraffic", "PostDeployErrorRateHigh",
	}
}

// absences are alerts that say that something is missing, which is not so when it
// was lost on the way. RevenueFlatlined is not among them: a page too many costs less
// than revenue that is lost unseen.
func absences() []string {
	return []string{
		"ServiceTelemetryAbsent", "ServiceNeverSeen", "RequestRateDropped", "BackgroundJobNotRunning", "CanaryInsufficientTraffic",
		"OrderCompletionsDropped", "SignupsDropped", "ActiveUsersDropped", "FeatureUsageDropped",
		"SignupConversionDropped", "BusinessMetricDropped",
	}
}

// parts are the labels by which alerts of one name about one service differ.
func parts() []string {
	return []string{
		telemetry.JobName, telemetry.Queue, telemetry.Dataset, telemetry.Secret, telemetry.DeclaredMetric, telemetry.Currency,
		telemetry.DependencyKind, telemetry.Peer, telemetry.Pool, telemetry.Instance,
		telemetry.KubeNamespace, telemetry.KubePod, telemetry.KubeContainer,
		telemetry.Window, telemetry.Within, telemetry.Canary, "stage", "flapping",
	}
}

func inhibitions() []inhibit {
	identity := telemetry.ServiceIdentity()
	ofService := func(why string, source, target []string, equal ...string) inhibit {
		return inhibit{
			why:    why,
			Source: []string{named(source...), present(telemetry.Service)},
			Target: []string{named(target...), present(telemetry.Service)},
			Equal:  slices.Concat(identity, equal),
		}
	}
	// Alerts read metrics. Those that the gateway derives from spans and logs have been
	// derived when an exporter of spans or logs fails.
	dropping := []string{named("GatewayDroppingTelemetry"), equals(telemetry.Signal, "metrics")}
	return []inhibit{
		ofService("A service that is down has its symptoms.",
			[]string{"ServiceDown"}, slices.Concat([]string{"ServiceTelemetryAbsent", "ServiceNeverSeen", "InstanceDown"}, symptoms())),
		ofService("What a service says that has gone silent is old.",
			[]string{"ServiceTelemetryAbsent"}, slices.Concat([]string{"ServiceNeverSeen"}, symptoms())),
		// Not the other way round: a budget that burns for hours must not hide an outage.
		// SlowResponseTime hides nothing: it is a ticket about minutes, the slow burn one
		// about days, and the fast burn a page.
		ofService("Who is paged because requests fail knows why their budget burns.",
			[]string{"HighErrorRate"}, []string{"ErrorBudgetBurnFast"}),
		ofService("A budget that burns fast burns slowly, too.",
			[]string{"ErrorBudgetBurnFast"}, []string{"ErrorBudgetBurnSlow"}),
		ofService("A budget that burns fast burns slowly, too.",
			[]string{"LatencyBudgetBurnFast"}, []string{"LatencyBudgetBurnSlow"}),
		ofService("A secret that is too old is due.",
			[]string{"SecretRotationOverdue"}, []string{"SecretRotationDue"}, telemetry.Secret),
		ofService("Data whose newest copy is too old have no good backup in time.",
			[]string{"RPOViolated"}, []string{"BackupMissed"}, telemetry.Dataset),
		{
			why:    "Who is paged needs no ticket about the same.",
			Source: []string{equals(rule.LabelSeverity, string(catalog.Page)), present(telemetry.Service)},
			Target: []string{
				equals(rule.LabelSeverity, string(catalog.Ticket)), present(telemetry.Service),
				model.AlertNameLabel + "!~" + quote(strings.Join(neverHidden(), "|")),
			},
			Equal: slices.Concat([]string{model.AlertNameLabel}, identity, parts()),
		},
		{
			why:    "Metrics that a gateway drops are missing everywhere, not only where they are looked for: this gateway serves all environments.",
			Source: append(slices.Clone(dropping), equals(telemetry.Environment, "")),
			Target: []string{named(absences()...)},
		},
		{
			why:    "The same of a gateway of one environment.",
			Source: append(slices.Clone(dropping), present(telemetry.Environment)),
			Target: []string{named(absences()...)},
			Equal:  []string{telemetry.Environment},
		},
		{
			why:    "Without a gateway nothing is counted, and what is missing says nothing.",
			Source: []string{named("GatewayAbsent")},
			Target: []string{named(absences()...)},
		},
	}
}

// named is a matcher for any of these alerts.
func named(names ...string) string {
	if len(names) == 1 {
		return equals(model.AlertNameLabel, names[0])
	}
	return model.AlertNameLabel + "=~" + quote(strings.Join(names, "|"))
}

// present is a matcher for alerts that have the label.
func present(label string) string { return label + `!=""` }
