package policy_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
	"github.com/readygate/readygate/internal/policy"
)

// places are those of the tests.
var places = []string{"log_body", "span_attribute"}

// archive reads a case: policy.yaml and what is expected of it. The lines NAME=value
// in front of it are the environment.
func archive(t *testing.T, path string) (yaml []byte, sections map[string]string) {
	t.Helper()
	a, err := txtar.ParseFile(path)
	require.NoError(t, err)
	for line := range strings.Lines(string(a.Comment)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && line[0] != '#' {
			t.Setenv(name, value)
		}
	}
	sections = map[string]string{}
	for _, f := range a.Files {
		sections[f.Name] = string(f.Data)
	}
	return []byte(sections["policy.yaml"]), sections
}

func cases(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	return paths
}

func TestBadPoliciesAreRefusedWithEveryProblemInPlace(t *testing.T) {
	for _, path := range cases(t, "testdata/bad/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			yaml, _ := archive(t, path)
			_, err := policy.Parse("policy.yaml", yaml, places)
			var problems policy.Problems
			require.True(t, errors.As(err, &problems), "got %v", err)
			require.NotContains(t, err.Error(), "hush", "a key is shown")
			golden.Section(t, path, "problems", problems.Error()+"\n")
		})
	}
}

func TestOneProcessorOfAGatewayIsThePolicy(t *testing.T) {
	gateway := filepath.Join(t.TempDir(), "gateway.yaml")
	write := func(text string) { require.NoError(t, os.WriteFile(gateway, []byte(text), 0o600)) }
	preset := func(suffix string) string {
		f, err := policy.Load(gateway+suffix, places)
		if err != nil {
			return strings.ReplaceAll(err.Error(), gateway, "gateway.yaml")
		}
		return f.Preset
	}

	write("receivers: {otlp: }\nprocessors:\n  memory_limiter: {}\n  scrub: {mode: detect, max_depth: 8, preset: pci}\n  scrub/two: {preset: gdpr}\n")
	require.Equal(t, "pci", preset(""))
	require.Equal(t, "gdpr", preset("#scrub/two"))
	require.Equal(t, "gateway.yaml:3:3: processors: got no scrub/three, allowed: scrub, scrub/two", preset("#scrub/three"))

	write("processors: {scrub/one: {preset: pci}}")
	require.Equal(t, "pci", preset(""))
	write("processors: {scrub: }")
	require.Empty(t, preset(""), "a processor without configuration is the default")

	write("processors: {scrub/one: , scrub/two: }")
	require.Equal(t, "gateway.yaml:1:13: processors: got several, allowed: one of them, as in gateway.yaml#scrub/one (scrub/one, scrub/two)", preset(""))
	write("processors: {batch: }")
	require.Equal(t, "gateway.yaml:1:13: processors: got none that is a scrub, allowed: scrub or scrub/name", preset(""))
	write("service: {}")
	require.Equal(t, "gateway.yaml:1:1: processors: got none, allowed: processors with a scrub, or a policy by itself", preset(""))
	write("preset: pci")
	require.Equal(t, "gateway.yaml:1:1: got a policy, in which #scrub has no meaning, allowed: the path of the file alone", preset("#scrub"))
}

func TestAFileThatCannotBeReadIsNamed(t *testing.T) {
	dir := t.TempDir()
	_, err := policy.Load(dir, places)
	require.EqualError(t, err, dir+": got a directory, allowed: a policy file")
	_, err = policy.Load(filepath.Join(dir, "none.yaml"), places)
	require.ErrorIs(t, err, os.ErrNotExist)

	large := filepath.Join(dir, "large.yaml")
	require.NoError(t, os.WriteFile(large, []byte(strings.Repeat("#", policy.MaxSize+1)), 0o600))
	_, err = policy.Load(large, places)
	require.EqualError(t, err, large+":1:1: got more than 4 MiB, allowed: a smaller file")
}

func TestAFileWithASharpInItsNameIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "policy#1.yaml")
	require.NoError(t, os.WriteFile(path, []byte("preset: pci"), 0o600))
	f, err := policy.Load(path, places)
	require.NoError(t, err)
	require.Equal(t, "pci", f.Preset)
}

func TestTheEnvironmentIsPutInWhereTheGatewayPutsIt(t *testing.T) {
	t.Setenv("RG_PRESET", "pci")
	t.Setenv("RG_ON", "true")
	f, err := policy.Parse("p.yaml", []byte(`preset: ${env:RG_PRESET}
packs: ["${env:RG_NO_PACK:-entropy}"]
detectors: {email: {enabled: "${env:RG_ON}"}}
allow: [{detector: email, values: ["$$5@example.com", "$x@example.com"]}]
`), places)
	require.NoError(t, err)
	require.Equal(t, "pci", f.Preset)
	require.Equal(t, []string{"entropy"}, f.Packs)
	require.True(t, *f.Detectors["email"].Enabled)
	require.Equal(t, []string{"$5@example.com", "$x@example.com"}, f.Allow[0].Values)
	require.Equal(t, "p.yaml:3:30", f.At("detectors.email.enabled"))
	require.Equal(t, "p.yaml:3:13", f.At("detectors.email.action"), "what is not there is in what is")
}

func FuzzAnyBytesAreAPolicyOrRefused(f *testing.F) {
	for _, seed := range []string{"preset: pci", "a: &a [*a]", "processors: {scrub: {policies: [{match: {a: [b]}}]}}", "x: [", "pseudonyms: {key: *hush}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if file, err := policy.Parse("p.yaml", data, places); err == nil {
			_, err := file.Compile(policy.Options{Places: places})
			require.NoError(t, err, "what was accepted compiles")
		}
	})
}
