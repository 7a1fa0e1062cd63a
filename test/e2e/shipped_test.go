package e2e

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/config"
	"github.com/readygate/readygate/internal/guard"
)

func TestShippedConfigurationsValidate(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range config.Names() {
		runOK(t, program(t, "READYGATE"), "validate", "--config", "embedded:"+name)
	}
}

// Nothing is derived, queued, exported or written before scrub, in every shipped
// configuration.
func TestShippedPipelinesScrubFirst(t *testing.T) {
	for _, name := range config.Names() {
		content, err := config.Read(config.Scheme + ":" + name)
		require.NoError(t, err)
		var conf map[string]any
		require.NoError(t, yaml.Unmarshal(content, &conf))
		proof := guard.Check(conf)
		require.Empty(t, proof.Problems, name)
		require.NotZero(t, proof.Paths, name)
		require.True(t, proof.Guarded, name)
	}
}

// .env.example names every variable that a shipped configuration reads, with its
// default, and no other but those that the Go runtime reads.
func TestEnvExampleIsComplete(t *testing.T) {
	read := map[string]string{}
	for _, name := range config.Names() {
		content, err := os.ReadFile("../../config/" + name + ".yaml")
		require.NoError(t, err)
		for _, m := range regexp.MustCompile(`\$\{env:(\w+):-([^}]*)\}`).FindAllStringSubmatch(string(content), -1) {
			read[m[1]] = m[2]
		}
		require.Len(t, regexp.MustCompile(`\$\{env:\w+\}`).FindAllString(string(content), -1), 0, "%s: every variable needs a default", name)
	}
	documented := map[string]string{}
	content, err := os.ReadFile("../../.env.example")
	require.NoError(t, err)
	for _, m := range regexp.MustCompile(`(?m)^#?(\w+)=(.*)$`).FindAllStringSubmatch(string(content), -1) {
		documented[m[1]] = m[2]
	}
	delete(documented, "GOGC")
	delete(documented, "GOMEMLIMIT")
	require.Equal(t, read, documented)
}

// docs/components.md says what every component of the distribution is for, and
// names no other.
func TestEveryComponentIsDocumented(t *testing.T) {
	var listed map[string]yaml.Node
	stdout, _, code := run(t, program(t, "READYGATE"), "components")
	require.Zero(t, code)
	require.NoError(t, yaml.Unmarshal([]byte(stdout), &listed))
	delete(listed, "buildinfo")
	shipped := map[string][]string{}
	for kind, node := range listed {
		var components []struct{ Name, Scheme string }
		require.NoError(t, node.Decode(&components), kind)
		for _, c := range components {
			shipped[kind] = append(shipped[kind], c.Name+c.Scheme)
		}
		slices.Sort(shipped[kind])
	}

	page, err := os.ReadFile("../../docs/components.md")
	require.NoError(t, err)
	documented := map[string][]string{}
	for _, section := range strings.Split(string(page), "\n## ")[1:] {
		kind := strings.ToLower(section[:strings.IndexByte(section, '\n')])
		for _, m := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\|").FindAllStringSubmatch(section, -1) {
			documented[kind] = append(documented[kind], m[1])
		}
		slices.Sort(documented[kind])
	}
	delete(documented, "left out")
	require.Equal(t, shipped, documented)
}

// Counts are exact only if nothing was thrown away before: no shipped configuration
// samples or filters in front of a connector that derives metrics, directly or in a
// pipeline before it.
func TestShippedPipelinesDeriveBeforeTheySample(t *testing.T) {
	files := []string{"../../examples/business/gateway.yaml"}
	for _, name := range config.Names() {
		files = append(files, "../../config/"+name+".yaml")
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		var conf pipelines
		require.NoError(t, yaml.Unmarshal(content, &conf))
		derived := 0
		for name, p := range conf.Service.Pipelines {
			for _, exporter := range p.Exporters {
				if kind, _, _ := strings.Cut(exporter, "/"); kind == "red" || kind == "business" {
					derived++
					require.Empty(t, conf.sampling(name, nil), "%s: %s, in front of %s", file, name, exporter)
				}
			}
		}
		require.NotZero(t, derived, file)
	}

	var sampled pipelines
	require.NoError(t, yaml.Unmarshal([]byte(`
service:
  pipelines:
    traces/in: {receivers: [otlp], processors: [scrub, tail_sampling/slow], exporters: [forward]}
    traces: {receivers: [forward], exporters: [red]}
`), &sampled))
	require.Equal(t, []string{"tail_sampling/slow"}, sampled.sampling("traces", nil), "the test sees it")
}

// pipelines are those of a configuration.
type pipelines struct {
	Service struct {
		Pipelines map[string]struct{ Receivers, Processors, Exporters []string }
	}
}

// sampling lists the processors that may throw away what comes to the pipeline's
// exporters, in it and in those before it.
func (c pipelines) sampling(name string, seen []string) (found []string) {
	if slices.Contains(seen, name) {
		return nil
	}
	p := c.Service.Pipelines[name]
	for _, processor := range p.Processors {
		switch kind, _, _ := strings.Cut(processor, "/"); kind {
		case "tail_sampling", "probabilistic_sampler", "filter":
			found = append(found, processor)
		}
	}
	for before, q := range c.Service.Pipelines {
		if slices.ContainsFunc(q.Exporters, func(e string) bool { return slices.Contains(p.Receivers, e) }) {
			found = append(found, c.sampling(before, append(seen, name))...)
		}
	}
	return found
}
