// Package golden compares what a test got with a text file in testdata. Run the
// tests with -update to write the files instead, then read the diff.
package golden

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the expected files of tests instead of comparing with them")

// File fails the test unless the file at path holds exactly got.
func File(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run the test with -update to write the file")
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// Section fails the test unless the named file inside the txtar archive at path
// holds exactly got. With -update only that file of the archive changes.
func Section(t *testing.T, path, name, got string) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	require.NoError(t, err)
	for i, f := range archive.Files {
		if f.Name != name {
			continue
		}
		if *update {
			archive.Files[i].Data = []byte(got)
			require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o644))
		} else if diff := cmp.Diff(string(f.Data), got); diff != "" {
			t.Errorf("%s, section %s (-want +got):\n%s", path, name, diff)
		}
		return
	}
	t.Errorf("%s has no section %s", path, name)
}
