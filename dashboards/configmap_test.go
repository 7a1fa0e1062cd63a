package dashboards

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/golden"
)

func TestConfigMapsHoldTheFileThatIsWritten(t *testing.T) {
	for name, d := range everyDashboard(t) {
		text, err := ConfigMap(d, "monitoring")
		require.NoError(t, err, name)
		require.True(t, strings.HasPrefix(string(text), header))
		var back configMap
		require.NoError(t, yaml.Unmarshal(text, &back))
		require.Equal(t, *d.Uid, back.Metadata.Name)
		require.Equal(t, "monitoring", back.Metadata.Namespace)
		require.Equal(t, map[string]string{"grafana_dashboard": "1"}, back.Metadata.Labels)
		require.Equal(t, map[string]string{"grafana_folder": "Readygate"}, back.Metadata.Annotations)
		file, err := JSON(d.Dashboard)
		require.NoError(t, err)
		require.Equal(t, map[string]string{*d.Uid + ".json": string(file)}, back.Data)
	}
}

func TestConfigMapsHoldAnyCharacter(t *testing.T) {
	d := redOf(t, catalog.Default())
	for _, description := range []string{"a\u0085b", "\u2028", "\ufeff", "\u00a0", "监视 🙂", "\u200b", "\t: - #"} {
		d.Description = &description
		text, err := ConfigMap(Dashboard{"red", d}, "")
		require.NoError(t, err)
		var back configMap
		require.NoError(t, yaml.Unmarshal(text, &back))
		file, err := JSON(d)
		require.NoError(t, err)
		require.Equal(t, string(file), back.Data["readygate-red.json"], "%q", description)
	}
}

func TestConfigMapNamesAllThatKubernetesDoesNotTake(t *testing.T) {
	large := redOf(t, catalog.Default())
	description := strings.Repeat("x", MaxConfigMap)
	large.Description = &description
	uid := "No_Name"
	large.Uid = &uid
	_, err := ConfigMap(Dashboard{"large", large}, "two words")
	for _, part := range []string{"dashboard large: ", `uid: got "No_Name"`, `namespace: got "two words"`, "size: got 1"} {
		require.ErrorContains(t, err, part)
	}
}

func TestProvisioningFile(t *testing.T) {
	text, err := Provisioning("")
	require.NoError(t, err)
	golden.File(t, "testdata/provisioning.yaml", text)
	text, err = Provisioning("/dashboards")
	require.NoError(t, err)
	require.Contains(t, string(text), "path: /dashboards\n")
}

func TestGeneratedDashboardsAreKnownByTheirTags(t *testing.T) {
	red := redOf(t, catalog.Default())
	for _, write := range []func() ([]byte, error){
		func() ([]byte, error) { return JSON(red) },
		func() ([]byte, error) { return V2(red) },
	} {
		text, err := write()
		require.NoError(t, err)
		require.True(t, IsGenerated(text))
		require.False(t, IsGenerated([]byte(strings.Replace(string(text), `"generated"`, `"mine"`, 1))))
	}
	require.False(t, IsGenerated([]byte("not JSON")))
}

func BenchmarkFormats(b *testing.B) {
	all, err := Generate(catalog.Default())
	require.NoError(b, err)
	for name, write := range map[string]func(Dashboard) ([]byte, error){
		"classic":   func(d Dashboard) ([]byte, error) { return JSON(d.Dashboard) },
		"v2":        func(d Dashboard) ([]byte, error) { return V2(d.Dashboard) },
		"configmap": func(d Dashboard) ([]byte, error) { return ConfigMap(d, "") },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				for _, d := range all {
					_, _ = write(d)
				}
			}
		})
	}
}
