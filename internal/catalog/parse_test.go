package catalog

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
)

// A case is an archive of services.yaml and the exact messages. Text that an
// editor would spoil is written as Go escapes in services.quoted.
func TestBadFilesAreRefusedWithEveryProblemInPlace(t *testing.T) {
	cases, err := filepath.Glob("testdata/bad/*.txtar")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(cases), 90)
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			input := archive.Files[0].Data
			if archive.Files[0].Name == "services.quoted" {
				input = unquote(t, input)
			}
			_, err = Parse("services.yaml", input)
			var problems Problems
			require.True(t, errors.As(err, &problems), "got %v", err)
			golden.Section(t, path, "problems", problems.Error()+"\n")
		})
	}
}

// A case is a services file and what it means: every part of the catalog that is not
// as it would be without a word about it.
func TestGoodFilesMeanWhatTheySay(t *testing.T) {
	cases, err := filepath.Glob("testdata/good/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			c, err := Parse("services.yaml", archive.Files[0].Data)
			require.NoError(t, err)
			golden.Section(t, path, "catalog", meaning(c))
		})
	}
}

func TestTheExampleMeansWhatItSays(t *testing.T) {
	c, err := Load(example)
	require.NoError(t, err)
	golden.File(t, "testdata/shop.txt", []byte(meaning(c)))
}

const example = "../../examples/shop/services.yaml"

func TestTheShortestFileIsTheDefault(t *testing.T) {
	for _, text := range []string{"version: 1\n", "\ufeffversion: 1", "# a comment\r\nversion: 1\r\n"} {
		got, err := Parse("services.yaml", []byte(text))
		require.NoError(t, err, "%q", text)
		require.Empty(t, cmp.Diff(Default(), got))
	}
}

func TestLoadNamesThePathThatItCannotRead(t *testing.T) {
	dir := t.TempDir()
	_, err := Load(dir)
	require.EqualError(t, err, dir+": got a directory, allowed: a services file")

	missing := filepath.Join(dir, "missing.yaml")
	_, err = Load(missing)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, missing)
}

func TestAFileBeyondTheLimitIsRefused(t *testing.T) {
	_, err := Parse("services.yaml", []byte(strings.Repeat("# padding\n", MaxSize/10+1)))
	require.EqualError(t, err, "services.yaml:1:1: got more than 4 MiB, allowed: a smaller services file")
}

func FuzzParseNeverPanicsAndAlwaysNamesAPlace(f *testing.F) {
	cases, err := filepath.Glob("testdata/*/*.txtar")
	require.NoError(f, err)
	shop, err := os.ReadFile(example)
	require.NoError(f, err)
	f.Add(shop)
	for _, path := range cases {
		archive, err := txtar.ParseFile(path)
		require.NoError(f, err)
		f.Add(archive.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := Parse("f", data)
		var problems Problems
		if err != nil && !errors.As(err, &problems) {
			t.Fatalf("not a list of problems: %v", err)
		}
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Got == "" || p.Allowed == "" {
				t.Fatalf("incomplete problem %+v", p)
			}
		}
		if len(problems) > 0 && !strings.HasPrefix(problems.Underlined(data), problems[0].String()) {
			t.Fatalf("not underlined: %+v", problems[0])
		}
	})
}
