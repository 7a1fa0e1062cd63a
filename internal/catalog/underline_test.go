package catalog

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/golden"
)

// A case is a file and how its problems are shown.
func TestProblemsAreUnderlinedWhereTheyAre(t *testing.T) {
	for _, path := range glob(t, "testdata/underlined/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			data := source(t, path)
			golden.Section(t, path, "underlined", problemsOf(t, data).Underlined(data)+"\n")
		})
	}
}

func TestCaretsStandBelowTheColumnAndWithinTheLine(t *testing.T) {
	for _, path := range glob(t, "testdata/bad/*.txtar") {
		data := source(t, path)
		for _, p := range problemsOf(t, data) {
			lines := strings.Split(p.Underlined(data), "\n")
			require.Equal(t, p.String(), lines[0])
			if len(lines) == 1 {
				continue // an empty line, or one that is no text
			}
			require.Len(t, lines, 3, path)
			require.Equal(t, p.Column-1, strings.IndexByte(lines[2], '^'), "%s:\n%s", path, p.Underlined(data))
			require.LessOrEqual(t, utf8.RuneCountInString(lines[2]), utf8.RuneCountInString(lines[1])+1, "%s:\n%s", path, p.Underlined(data))
		}
	}
}

// Whoever writes a credential into the file by mistake must not find it in the log of
// a build as well.
func TestSecretsAreNeverShown(t *testing.T) {
	path := "testdata/bad/receiver_with_inline_secret.txtar"
	data := source(t, path)
	problems := problemsOf(t, data)
	require.Equal(t, 8, strings.Count(string(data), "hidden"))
	for _, p := range problems {
		require.NotContains(t, p.Underlined(data), "hidden", "%s", p)
	}
}

func TestAProblemOfAnotherFileIsShownWithoutALine(t *testing.T) {
	p := Problem{File: "f", Line: 7, Column: 9, Got: "a", Allowed: "b"}
	for _, source := range []string{"", "version: 1", strings.Repeat("\n", 9), strings.Repeat("short\n", 9), "\n\n\n\n\n\n\xff aaaaaaaaaaaaaa"} {
		require.Equal(t, p.String(), p.Underlined([]byte(source)), "%q", source)
	}
}

func problemsOf(t *testing.T, data []byte) Problems {
	t.Helper()
	_, err := Parse("services.yaml", data)
	var problems Problems
	require.True(t, errors.As(err, &problems), "got %v", err)
	return problems
}
