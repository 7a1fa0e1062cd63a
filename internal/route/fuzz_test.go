package route

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func FuzzTemplate(f *testing.F) {
	for _, path := range texts(f, templatesFile) {
		f.Add(path)
	}
	const most = maxSegments*(1+maxSegment) + len("/"+kindRest)
	f.Fuzz(func(t *testing.T, path string) {
		once := string(AppendTemplate(nil, path))
		holds(t, AppendTemplate, once, most)
		require.True(t, strings.HasPrefix(once, "/"))
		require.False(t, strings.ContainsAny(once, "?#;@%=&[] "), "only words and placeholders: %q", once)
	})
}

func FuzzName(f *testing.F) {
	for _, file := range []string{namesFile, hostsFile, templatesFile} {
		for _, name := range texts(f, file) {
			f.Add(name)
		}
	}
	f.Fuzz(func(t *testing.T, name string) {
		once := string(AppendName(nil, name))
		holds(t, AppendName, once, maxName)
		require.False(t, strings.ContainsAny(once, "?;@%=&'\"\n\x00"), "only words and placeholders: %q", once)
		require.Equal(t, strings.TrimSpace(once), once)
		require.NotContains(t, once, "  ")
	})
}

func FuzzHost(f *testing.F) {
	for _, file := range []string{hostsFile, namesFile} {
		for _, host := range texts(f, file) {
			f.Add(host)
		}
	}
	f.Fuzz(func(t *testing.T, host string) {
		once := string(AppendHost(nil, host))
		holds(t, AppendHost, once, maxName)
		require.False(t, strings.ContainsAny(once, "?#;@%=&[]/: "), "only a host: %q", once)
		require.Equal(t, strings.ToLower(once), once)
	})
}

// holds checks what holds for every template.
func holds(t *testing.T, made func([]byte, string) []byte, once string, most int) {
	t.Helper()
	require.Equal(t, once, string(made(nil, once)), "a template is its own template")
	require.LessOrEqual(t, len(once), most)
	run := 0
	for i := range len(once) {
		require.Less(t, once[i], byte(utf8.RuneSelf), "ASCII only: %q", once)
		if run++; !isDigit(once[i]) {
			run = 0
		}
		require.Less(t, run, minDigits, "no long number: %q", once)
	}
}

func FuzzRoute(f *testing.F) {
	f.Add("/users/{id?}/x?token=1#y")
	f.Fuzz(func(t *testing.T, route string) {
		got := Of(route)
		require.Equal(t, got, Of(got))
		require.True(t, strings.HasPrefix(route, got))
		require.NotContains(t, got, "#")
		require.NotContains(t, got, "?a")
	})
}
