package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/detect"
)

// The properties are those that the schema of SARIF 2.1.0 requires, and those that
// code scanning services ask for.
func TestASARIFReportHasWhatItsReadersRequire(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(dir+"/a b#c.txt", []byte("x\né jane@example.com\n"), 0o600))
	stdout, _, code := scrubbed(t, "", "--report", "sarif", dir)
	require.Equal(t, exitFindings, code)
	var log map[string]any
	require.NoError(t, json.Unmarshal([]byte(stdout), &log))

	require.Equal(t, "2.1.0", log["version"])
	require.Contains(t, log["$schema"], "sarif-schema-2.1.0.json")
	run := log["runs"].([]any)[0].(map[string]any)
	require.Equal(t, "unicodeCodePoints", run["columnKind"])
	require.Equal(t, true, run["invocations"].([]any)[0].(map[string]any)["executionSuccessful"])
	driver := run["tool"].(map[string]any)["driver"].(map[string]any)
	require.Equal(t, "readyctl", driver["name"])
	rules := driver["rules"].([]any)
	require.Greater(t, len(rules), 50)
	ids := map[any]bool{}
	for _, r := range rules {
		rule := r.(map[string]any)
		require.False(t, ids[rule["id"]], "%s stands twice", rule["id"])
		ids[rule["id"]] = true
		require.NotEmpty(t, rule["shortDescription"].(map[string]any)["text"], rule["id"])
	}

	results := run["results"].([]any)
	require.Len(t, results, 1)
	result := results[0].(map[string]any)
	require.Equal(t, "email", result["ruleId"])
	require.Equal(t, "email", rules[int(result["ruleIndex"].(float64))].(map[string]any)["id"])
	require.Equal(t, "error", result["level"])
	require.NotEmpty(t, result["message"].(map[string]any)["text"])
	at := result["locations"].([]any)[0].(map[string]any)["physicalLocation"].(map[string]any)
	require.Equal(t, "file://"+dir+"/a%20b%23c.txt", at["artifactLocation"].(map[string]any)["uri"])
	require.Equal(t, map[string]any{"startLine": 2.0, "startColumn": 3.0, "endLine": 2.0, "endColumn": 19.0}, at["region"])
	require.NotContains(t, stdout, `"snippet":`)
	require.NotContains(t, stdout, "jane@example.com")

	stdout, _, code = scrubbed(t, "", "--report", "sarif", dir, dir+"/missing")
	require.Equal(t, exitUsage, code)
	require.Contains(t, stdout, `"executionSuccessful": false`)
}

// The reference page shows nothing that a scanner would take for real. Detectors that
// go by the key find the examples, which have one.
func TestNoExampleOfTheReferencePageIsAFinding(t *testing.T) {
	groups := detect.Groups()
	require.Equal(t, "Credentials by format", groups[1].Name)
	scanner, err := detect.New(append(groups[1].Detectors, groups[2].Detectors...)...)
	require.NoError(t, err)
	for _, d := range detect.Builtin() {
		text := example(scanner, d.Sample())
		require.NotContains(t, text, d.Sample().Secret, d.Name)
		require.NotContains(t, text, "\n", d.Name)
	}
	page := detectorsPage()
	for _, line := range strings.Split(page, "\n") {
		findings, _ := scanner.Scan(nil, detect.Value{Text: line}, scanner.Rules())
		for _, f := range findings {
			if f.Acts() {
				t.Errorf("%s finds something in: %s", f.Detector.Name, line)
			}
		}
	}
}

func TestEveryDetectorStandsInOneGroup(t *testing.T) {
	n := 0
	for _, g := range detect.Groups() {
		n += len(g.Detectors)
	}
	require.Equal(t, len(detect.Builtin()), n)
}

func TestProgressIsOneLineThatIsClearedAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var terminal strings.Builder
		p := &progress{total: 3, talk: &terminal, ended: make(chan struct{})}
		p.group.Go(p.run)
		p.files.Store(1)
		p.bytes.Store(2500)
		<-time.After(300 * time.Millisecond)
		p.say("a line")
		p.files.Store(2)
		p.found.Store(1)
		<-time.After(200 * time.Millisecond)
		p.stop()
		first, second := "1 of 3 files, 2.5 kB, 0 findings", "2 of 3 files, 2.5 kB, 1 finding"
		blank := strings.Repeat(" ", len(first))
		require.Equal(t, "\r\r"+first+"\r"+blank+"\ra line\n\r\r"+second+"\r"+blank[1:]+"\r", terminal.String())
	})
}

func TestNothingIsShownWithoutATerminal(t *testing.T) {
	var talk strings.Builder
	p := startProgress(&talk, 1)
	p.stop()
	require.Empty(t, talk.String())
}
