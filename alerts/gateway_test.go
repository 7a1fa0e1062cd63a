package alerts

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// gatewayRules are the rules about the gateway in the file of a catalog.
func gatewayRules(t *testing.T, c catalog.Catalog) []rulefmt.Rule {
	t.Helper()
	rules, err := Generate(c, Options{})
	require.NoError(t, err)
	for _, group := range rules.Groups.Groups {
		if group.Name == GatewayGroupName {
			return group.Rules
		}
	}
	return nil
}

func TestTheGatewayIsWatchedWhateverServicesAreDeclared(t *testing.T) {
	for name, c := range catalogs(t) {
		var alerts []string
		for _, rule := range gatewayRules(t, c) {
			alerts = append(alerts, rule.Alert)
			require.Contains(t, []string{critical, warning}, rule.Labels[labelSeverity], rule.Alert)
			require.Equal(t, "PR-016", rule.Labels[labelChecklist], rule.Alert)
			require.Equal(t, literal(c.Defaults.Team), rule.Labels[labelTeam], rule.Alert)
			require.Equal(t, literal(c.Defaults.Owner), rule.Annotations[annotationOwner], rule.Alert)
			require.NotEmpty(t, rule.Annotations[annotationSummary], rule.Alert)
			require.NotEmpty(t, rule.Annotations[annotationDetail], rule.Alert)
			require.Positive(t, rule.KeepFiringFor, rule.Alert)
		}
		require.Equal(t, []string{ScrubEgressLeak, ScrubUnscannable, ScrubPolicyDiffers}, alerts, name)
	}
}

func TestEveryReasonSaysWhatToDo(t *testing.T) {
	rule := gatewayRules(t, catalog.Default())[1]
	said := map[string]bool{}
	for _, reason := range telemetry.Reasons() {
		alert, err := fires(rule, map[string]string{telemetry.Reason: reason}, 1)
		require.NoError(t, err)
		_, todo, _ := strings.Cut(alert.Annotations[annotationDetail], "left as it was. ")
		require.NotEmpty(t, todo, reason)
		require.False(t, said[todo], "%s: as another reason", reason)
		said[todo] = true
	}
}

func TestEveryGatewayAlertHasAFiringAndASilentCase(t *testing.T) {
	cases := map[string][]gatewayCase{}
	require.NoError(t, yaml.Unmarshal(gatewayCases, &cases))
	for _, a := range gatewayAlerts() {
		fires, silent := false, false
		for _, c := range cases[a.name] {
			some := false
			for _, then := range c.Then {
				some = some || len(then.Fires) > 0
			}
			fires, silent = fires || some, silent || !some
		}
		require.True(t, fires, a.name)
		require.True(t, silent, a.name)
		delete(cases, a.name)
	}
	require.Empty(t, slices.Collect(maps.Keys(cases)), "cases of alerts that do not exist")
}

func TestACaseAboutSeriesThatTheGatewayDoesNotHaveIsRefused(t *testing.T) {
	c := gatewayCase{Input: []inputSeries{{Series: `otelcol_processor_scrub_egress_leaks_total{job="gateway"}`, Values: "1x9"}}}
	_, err := gatewayRule{}.test(c)
	require.EqualError(t, err, `otelcol_processor_scrub_egress_leaks_total{job="gateway"}: nothing produces the series "otelcol_processor_scrub_egress_leaks_total"`)
}

// As TestEveryDefectIsCaughtByTheUnitTests, for the gateway.
func TestEveryDefectAboutTheGatewayIsCaughtByTheUnitTests(t *testing.T) {
	const leaks = "otelcol_processor_scrub_egress_leaks"
	for name, defect := range map[string]struct{ from, to string }{
		"a first leak is missed":                 {"(" + leaks + " unless " + leaks + " offset 5m)", "(" + leaks + " < 0)"},
		"later leaks are missed":                 {"increase(" + leaks + "[5m])", leaks + " < 0"},
		"an old leak fires for ever":             {"(" + leaks + " unless " + leaks + " offset 5m)", leaks},
		"leaks looked at for too long":           {"offset 5m)", "offset 6m)"},
		"a counter that restarts is missed":      {"increase(" + leaks, "delta(" + leaks},
		"a short gap tells again":                {"offset 5m)", "offset 1m)"},
		"dry runs are leaks":                     {leaks, "otelcol_processor_scrub_findings"},
		"gateways' leaks are not added up":       {"sum by (job, detector, signal)", "max by (job, detector, signal)"},
		"jobs' leaks are mixed":                  {"sum by (job, detector, signal)", "sum by (detector, signal)"},
		"leaks wait":                             {"keep_firing_for: 15m\n        labels:\n          checklist: PR-016\n          severity: critical", "for: 30s\n        keep_firing_for: 15m\n        labels:\n          checklist: PR-016\n          severity: critical"},
		"leaks are not kept firing":              {"keep_firing_for: 15m\n        labels:\n          checklist: PR-016\n          severity: critical", "labels:\n          checklist: PR-016\n          severity: critical"},
		"a single panic is missed":               {`reason="panic"}[1h]`, `reason="panic"}[5m]`},
		"a single large value fires":             {`reason!="panic"}[5m]`, `reason!="panic"}[1h]`},
		"unscannable fires early":                {"for: 10m\n", "for: 9m30s\n"},
		"unscannable fires late":                 {"for: 10m\n", "for: 10m30s\n"},
		"gateways' unscannable are not added up": {"sum by (job, reason, signal)", "max by (job, reason, signal)"},
		"unscannable counts as it stands":        {`increase(otelcol_processor_scrub_unscannable{reason!="panic"}[5m])`, `otelcol_processor_scrub_unscannable{reason!="panic"}`},
		"unscannable is not kept firing":         {"keep_firing_for: 15m\n        labels:\n          checklist: PR-016\n          severity: warning", "labels:\n          checklist: PR-016\n          severity: warning"},
		"a rollout fires":                        {"for: 30m\n", "for: 15m\n"},
		"differing policies fire late":           {"for: 30m\n", "for: 31m\n"},
		"jobs may not differ":                    {"job, ", ""},
		"policies of two signals are mixed":      {"job, signal", "job"},
		"a signal that one gateway lacks fires":  {"< on (job, signal) group_left ()\n                count by (job, signal) (count by (job, signal, instance)", "< on (job) group_left ()\n                count by (job) (count by (job, instance)"},
		"a policy counts for each signal":        {"count by (job, hash) (", "count by (job, hash, signal) ("},
		"several policies of one gateway fire":   {"count by (job, signal) (count by (job, signal, instance) (otelcol_processor_scrub_policy_info))", "count by (job, signal) (otelcol_processor_scrub_policy_info)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := written(t, catalog.Default())
			path := filepath.Join(dir, "rules.yaml")
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			red, gateway, found := strings.Cut(string(text), GatewayGroupName)
			require.True(t, found)
			require.Contains(t, gateway, defect.from, "the defect does not apply")
			broken := red + GatewayGroupName + strings.ReplaceAll(gateway, defect.from, defect.to)
			require.NoError(t, os.WriteFile(path, []byte(broken), 0o644))
			said, err := promtool(t, dir, "test", "rules", "--run=^Scrub", "rules_test.yaml")
			require.Error(t, err, "the unit tests pass in spite of the defect")
			require.Contains(t, said, "FAILED", said)
		})
	}
}
