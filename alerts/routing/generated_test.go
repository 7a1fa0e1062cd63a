package routing

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// generatedAlerts are the labels of alerts that the rules of the example send, as
// their unit tests say.
func generatedAlerts(t *testing.T) []map[string]string {
	t.Helper()
	c, err := catalog.Load("../../examples/shop/services.yaml")
	require.NoError(t, err)
	rules, err := alerts.Generate(c, alerts.Options{})
	require.NoError(t, err)
	files, err := rules.Files()
	require.NoError(t, err)
	var all []map[string]string
	for _, file := range files {
		var content struct {
			Tests []struct {
				Alerts []struct {
					Name     string `yaml:"alertname"`
					Expected []struct {
						Labels map[string]string `yaml:"exp_labels"`
					} `yaml:"exp_alerts"`
				} `yaml:"alert_rule_test"`
			} `yaml:"tests"`
		}
		require.NoError(t, yaml.Unmarshal(file.Data, &content))
		for _, test := range content.Tests {
			for _, a := range test.Alerts {
				for _, expected := range a.Expected {
					expected.Labels[model.AlertNameLabel] = a.Name
					all = append(all, expected.Labels)
				}
			}
		}
	}
	require.NotEmpty(t, all)
	return all
}

func TestInhibitionsFitTheAlertsThatRulesSend(t *testing.T) {
	apart := slices.Concat(parts(), telemetry.ServiceIdentity(),
		[]string{model.AlertNameLabel, rule.LabelSeverity, rule.LabelChecklist, rule.LabelTier, rule.LabelTeam})
	losses := false
	for _, labels := range generatedAlerts(t) {
		name := labels[model.AlertNameLabel]
		if name != Watchdog {
			require.Contains(t, catalog.Severities(), catalog.Severity(labels[rule.LabelSeverity]), name)
		}
		switch name {
		case "RPOViolated", "BackupMissed":
			require.NotEmpty(t, labels[telemetry.Dataset], name)
		case "SecretRotationOverdue", "SecretRotationDue":
			require.NotEmpty(t, labels[telemetry.Secret], name)
		case "GatewayDroppingTelemetry":
			require.Contains(t, telemetry.Signals(), labels[telemetry.Signal])
			losses = losses || labels[telemetry.Signal] == "metrics"
		}
		if labels[telemetry.Service] == "" {
			continue
		}
		for label := range labels {
			require.Contains(t, apart, label, name)
		}
	}
	require.True(t, losses, "no unit test loses metrics, as inhibitions call them")
}

func TestAlertmanagerStartsWithoutTheSecretsOfAllButIncidentIO(t *testing.T) {
	t.Parallel()
	config, err := Config(everything(t))
	require.NoError(t, err)
	_, running := launch(t, string(config))
	require.False(t, running)

	token := filepath.Join(t.TempDir(), "incidentio")
	require.NoError(t, os.WriteFile(token, []byte("token\n"), 0o600))
	_, running = launch(t, strings.ReplaceAll(string(config), secretAt("incidentio"), token))
	require.True(t, running)
}

func TestEverySecretIsListedOnce(t *testing.T) {
	for _, c := range catalogs(t) {
		config, err := Config(c)
		require.NoError(t, err)
		comments, _, found := strings.Cut(string(config), "\nroute:\n")
		require.True(t, found)
		for line := range strings.SplitSeq(comments, "\n") {
			require.True(t, strings.HasPrefix(line, "#"), line)
		}
		for _, receiver := range c.Routing.Receivers {
			if receiver.Secret != "" {
				require.Equal(t, 1, strings.Count(comments, `"`+receiver.Secret+`"`), receiver.Secret)
			}
		}
	}
}
