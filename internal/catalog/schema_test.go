package catalog

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
)

func TestTheSchemaIsCommitted(t *testing.T) {
	golden.File(t, "../../docs/reference/services.schema.json", Schema())
}

func TestTheSchemaTakesEveryGoodFile(t *testing.T) {
	schema := resolved(t)
	files := map[string][]byte{"the shortest": []byte("version: 1\n")}
	for _, path := range glob(t, "../../examples/*/services.yaml") {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		files[path] = data
	}
	for _, path := range append(glob(t, "testdata/good/*.txtar"), "testdata/notices.txtar") {
		files[path] = source(t, path)
	}
	for name, data := range files {
		require.NoError(t, schema.Validate(instance(t, data)), name)
	}
}

// Cases that the schema takes: they are wrong by what stands elsewhere, by what YAML
// is, or by the value of a text.
var beyondShape = []string{
	"business_derived_twice", "business_gauge_and_derive", "escaped_control_character", "next_line_in_name",
	"receiver_twice", "receiver_unknown", "recovery_beyond_the_tier", "recovery_inherited_beyond_the_tier",
	"repeat_below_group_interval", "same_service_twice", "team_unknown", "the_same_twice",
}

func TestTheSchemaRefusesBadShapes(t *testing.T) {
	schema := resolved(t)
	var taken []string
	for _, path := range glob(t, "testdata/bad/*.txtar") {
		d := new(decoder)
		root := d.document(source(t, path))
		if root == nil || len(d.problems) > 0 {
			continue // no schema is asked about what is no YAML
		}
		v, _ := d.plainValue(root, "")
		if len(d.problems) == 0 && schema.Validate(v) == nil {
			taken = append(taken, strings.TrimSuffix(filepath.Base(path), ".txtar"))
		}
	}
	require.Equal(t, beyondShape, taken)
}

// What no file can say: that a drill is known by Velero, which tells of no restores, or
// the oldest backup by anything but a gauge.
var unwritable = []string{
	".Services[].Backups[].Drill.Velero",
	".Services[].Backups[].Oldest.CronJob", ".Services[].Backups[].Oldest.Job", ".Services[].Backups[].Oldest.Velero",
}

// The file, its schema and its reference are made of the same fields; a part of the
// catalog that has none would be missing in all of them.
func TestEveryPartOfTheCatalogCanBeWritten(t *testing.T) {
	shop, err := Load(example)
	require.NoError(t, err)
	catalogs := []Catalog{shop}
	for _, path := range glob(t, "testdata/good/*.txtar") {
		c, err := Parse(path, source(t, path))
		require.NoError(t, err)
		catalogs = append(catalogs, c)
	}
	require.Equal(t, unwritable, unwritten(catalogs...))
}

func resolved(t *testing.T) *jsonschema.Resolved {
	t.Helper()
	var s jsonschema.Schema
	require.NoError(t, json.Unmarshal(Schema(), &s))
	resolved, err := s.Resolve(nil)
	require.NoError(t, err)
	return resolved
}

// instance is what a reader of YAML makes of the file.
func instance(t *testing.T, data []byte) any {
	t.Helper()
	d := new(decoder)
	root := d.document(data)
	require.NotNil(t, root)
	v, _ := d.plainValue(root, "")
	require.Empty(t, d.problems)
	return v
}

func source(t *testing.T, path string) []byte {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	require.NoError(t, err)
	if archive.Files[0].Name == "services.quoted" {
		return unquote(t, archive.Files[0].Data)
	}
	return archive.Files[0].Data
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	return paths
}
