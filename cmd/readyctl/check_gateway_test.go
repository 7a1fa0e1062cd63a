package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/fileprovider"
)

// What check reads must be what the gateway runs: the Collector's own resolver
// reads the same files.
func TestGatewayConfigurationsAreMergedAsTheCollectorMergesThem(t *testing.T) {
	parts := []string{
		`a: {b: 1, c: [1, 2], d: {e: x}}`,
		`a: {c: [3], d: {f: y}}`,
		`a: {d: }`,
		`a: {d: {}}`,
		`a:`,
		`a: text`,
		`a::d::e: z`,
		`{"a::c": [4], "a::d": {g: h}}`,
		`a: [{"b::c": 1}]`,
		`a: {8: eight}`,
		`{x: &anchor {y: 1}, a: *anchor, z: {<<: *anchor, w: 2}}`,
		``,
		"a: {b: first}\n---\na: {b: second}",
	}
	dir := t.TempDir()
	for i, under := range parts {
		for j, over := range parts {
			names := []string{writeFile(t, dir, "under", under), writeFile(t, dir, "over", over)}
			resolver, err := confmap.NewResolver(confmap.ResolverSettings{URIs: names, ProviderFactories: []confmap.ProviderFactory{fileprovider.NewFactory()}, DefaultScheme: "file"})
			require.NoError(t, err)
			want, err := resolver.Resolve(t.Context())
			require.NoError(t, err)

			got := map[string]any{}
			for _, name := range names {
				s, err := readSource(name)
				require.NoError(t, err)
				merge(got, s.conf)
			}
			require.Equal(t, fmt.Sprint(want.ToStringMap()), fmt.Sprint(got), "%d under %d: %s\n%s", i, j, under, over)
		}
	}
}

func writeFile(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name+".yaml")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}
