package businessconnector

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/connector/businessconnector/internal/rule"
	"github.com/readygate/readygate/connector/internal/derive"
	"github.com/readygate/readygate/internal/golden"
)

// TestValidateReportsEverythingWrong runs testdata/config/*.txtar: config.yaml, and
// errors.txt with a line for each thing that is wrong with it.
func TestValidateReportsEverythingWrong(t *testing.T) {
	cases, err := filepath.Glob("testdata/config/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			require.Equal(t, "config.yaml", archive.Files[0].Name)
			err = confmap.Validate(parseConfig(t, string(archive.Files[0].Data)))
			require.Error(t, err)
			golden.Section(t, path, "errors.txt", err.Error()+"\n")
		})
	}
}

func TestConfigIsReadWhole(t *testing.T) {
	cfg := parseConfig(t, `
metrics_flush_interval: 30s
series_expiration: 1h
gateway_instance: gateway-0
storage: file_storage/business
temporality: delta
distinct_key: `+testKey+`
limits: {series: 1, services: 2, label_values: 3, distinct: 4}
presets: [signups]
metrics:
  revenue:
    type: sum
    from: [spans, logs]
    where: {span.kind: a, severe: {min: b}}
    value: total
    unit: EUR
    unit_from: currency
    units: [EUR, USD]
    minor_units: true
    decimals: 4
    refunds: true
    by: [plan, {label: size, attribute: seats, values: [1, x]}]
    buckets: [1, 2.5]
    windows: [5m]
    services: [shop]
    description: What was paid.
`)
	storage, decimals := component.MustNewIDWithName("file_storage", "business"), 4
	require.Equal(t, &Config{
		MetricsFlushInterval: 30 * time.Second,
		SeriesExpiration:     time.Hour,
		GatewayInstance:      "gateway-0",
		Storage:              &storage,
		Temporality:          derive.Delta,
		DistinctKey:          cfg.DistinctKey,
		Limits:               LimitsConfig{Series: 1, Services: 2, LabelValues: 3, Distinct: 4},
		Presets:              []string{"signups"},
		Metrics: map[string]rule.Metric{"revenue": {
			Type: rule.Sum, From: []string{"spans", "logs"},
			Where: map[string]any{"span.kind": "a", "severe": map[string]any{"min": "b"}},
			Value: "total", Unit: "EUR", UnitFrom: "currency", Units: []string{"EUR", "USD"},
			MinorUnits: true, Decimals: &decimals, Refunds: true,
			By:      []rule.By{{Attribute: "plan"}, {Label: "size", Attribute: "seats", Values: []any{1, "x"}}},
			Buckets: []float64{1, 2.5}, Windows: []time.Duration{5 * time.Minute}, Services: []string{"shop"},
			Description: "What was paid.",
		}},
	}, cfg)
	require.Equal(t, strings.TrimSpace(testKey), string(cfg.DistinctKey))
}

func TestADeclaredMetricReplacesThatOfAPreset(t *testing.T) {
	cfg := parseConfig(t, `
presets: [signups, queue_depth]
metrics: {user_signups: {type: counter, from: spans}}
`)
	require.NoError(t, cfg.Validate())
	rules, err := cfg.rules()
	require.NoError(t, err)
	require.Len(t, rules, 2)
	require.Equal(t, "user_signups_total", rules[1].Metric.Name)
	require.Equal(t, "Number of spans.", rules[1].Metric.Help)
}

func TestAMetricWithoutADescriptionSaysWhatItCounts(t *testing.T) {
	rules, err := parseConfig(t, `
metrics:
  a: {type: counter, from: logs, where: {event.name: user_signup, plan: {in: [free, pro]}}}
  b: {type: sum, from: [spans, events], value: order.total, unit: USD, refunds: true}
  c: {type: distinct, from: logs, value: user.id}
  d: {type: gauge, from: logs, value: depth}
  e: {type: histogram, from: spans, where: {span.name: upload}, value: bytes, buckets: [1]}
  f: {type: sum, from: logs, value: fee, refunds: true, description: What was paid.}
`).rules()
	require.NoError(t, err)
	var help []string
	for _, r := range rules {
		help = append(help, r.Metric.Help)
		if r.Refunds.Help != "" {
			help = append(help, r.Refunds.Help)
		}
	}
	require.Equal(t, []string{
		"Number of log records with event.name user_signup, plan as declared.",
		"Sum of order.total of spans and span events.",
		"Sum of order.total of spans and span events, what was negative, as positive amounts.",
		"Different values of user.id, in a rolling window, of log records.",
		"Last value of depth of log records.",
		"Distribution of bytes of spans with span.name upload.",
		"What was paid.",
		"What was paid, what was negative, as positive amounts.",
	}, help)
}

func TestGatewayInstanceIsTheHostNameUnlessConfigured(t *testing.T) {
	noHost := func() (string, error) { return "", errors.New("uname: not permitted") }
	cfg := parseConfig(t, `{presets: [signups], gateway_instance: ""}`)
	c, err := newBusiness(testSettings(), cfg, func() (string, error) { return "gateway-7d9f", nil }, consumertest.NewNop())
	require.NoError(t, err)
	require.Equal(t, "gateway-7d9f", c.table.Instance)
	_, err = newBusiness(testSettings(), cfg, noHost, consumertest.NewNop())
	require.EqualError(t, err, "gateway_instance: not configured, and the host has no name: uname: not permitted")
	cfg.GatewayInstance = "gw-1"
	c, err = newBusiness(testSettings(), cfg, noHost, consumertest.NewNop())
	require.NoError(t, err)
	require.Equal(t, "gw-1", c.table.Instance)
}

// The first block of the README that configures everything has the defaults; all
// blocks are valid.
func TestREADMEExamplesAreValid(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	blocks := 0
	for rest := string(readme); ; blocks++ {
		_, after, found := strings.Cut(rest, "```yaml\nbusiness:\n")
		if !found {
			break
		}
		var block string
		block, rest, _ = strings.Cut(after, "```")
		block = strings.ReplaceAll(block, "${env:READYGATE_DISTINCT_KEY}", testKey)
		require.NoError(t, confmap.Validate(parseConfig(t, block)), block)
		if blocks == 0 {
			documented, defaults := parseConfig(t, block), createDefaultConfig().(*Config)
			documented.Presets, documented.Metrics = nil, nil // a connector without any is an error
			require.Equal(t, defaults, documented)
		}
	}
	require.GreaterOrEqual(t, blocks, 3)
}

// Every key, type, preset and reason has its place in the README.
func TestREADMENamesEverything(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	words := append(rule.Presets(), rule.Types()...)
	words = append(words, configKeys...)
	words = append(words, rule.MetricKeys()...)
	for refusal := rule.Missing; refusal < rule.RefusalCount; refusal++ {
		words = append(words, refusal.String())
	}
	for _, word := range words {
		require.Contains(t, string(readme), "`"+word+"`")
	}
}
