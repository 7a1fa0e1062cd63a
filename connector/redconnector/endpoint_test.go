package redconnector

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/golden"
	"github.com/readygate/readygate/internal/series"
)

const templatesFile = "testdata/templates.txt"

func TestPathsGiveTheirTemplates(t *testing.T) {
	want, err := os.ReadFile(templatesFile)
	require.NoError(t, err)
	var got bytes.Buffer
	for line := range strings.Lines(string(want)) {
		path, _, isCase := strings.Cut(line, " -> ")
		if !isCase || strings.HasPrefix(line, "#") {
			got.WriteString(line)
			continue
		}
		got.WriteString(path + " -> " + template(path) + "\n")
	}
	golden.File(t, templatesFile, got.Bytes())
}

func TestRoutesLoseQueriesAndKeepOptionalParameters(t *testing.T) {
	for route, want := range map[string]string{
		"/users/{id}":                        "/users/{id}",
		"/users/:id?":                        "/users/:id?",
		"/users/:id?/orders":                 "/users/:id?/orders",
		"{controller}/{action}/{id?}":        "{controller}/{action}/{id?}",
		"/users/(:id)?":                      "/users/(:id)?",
		"/users?token=abc":                   "/users",
		"/users?42":                          "/users",
		"?token=abc":                         "",
		"/users#top":                         "/users",
		"/bad\xff":                           "/bad_",
		strings.Repeat("/längs", 100) + "/x": strings.Repeat("/längs", 100)[:series.MaxLabelValue],
	} {
		require.Equal(t, want, routeOf(route), "route %q", route)
	}
}

func FuzzTemplate(f *testing.F) {
	cases, err := os.ReadFile(templatesFile)
	require.NoError(f, err)
	for line := range strings.Lines(string(cases)) {
		path, _, _ := strings.Cut(line, " -> ")
		f.Add(path)
	}
	const maxTemplate = maxSegments*(1+maxSegment) + len("/"+restSegment)
	f.Fuzz(func(t *testing.T, path string) {
		once := template(path)
		require.Equal(t, once, template(once), "a template is its own template")
		require.LessOrEqual(t, len(once), maxTemplate)
		require.True(t, strings.HasPrefix(once, "/"))
		require.False(t, strings.ContainsAny(once, "?#;@%[] "), "only words and placeholders: %q", once)
		for i := range len(once) {
			require.Less(t, once[i], byte(utf8.RuneSelf), "ASCII only: %q", once)
		}
	})
}

func FuzzRoute(f *testing.F) {
	f.Add("/users/{id?}/x?token=1#y")
	f.Fuzz(func(t *testing.T, route string) {
		got := routeOf(route)
		require.Equal(t, got, routeOf(got))
		require.LessOrEqual(t, len(got), series.MaxLabelValue)
		require.True(t, utf8.ValidString(got))
		require.NotContains(t, got, "#")
		require.NotContains(t, got, "?a")
	})
}

func template(path string) string {
	return string(appendTemplate(nil, path))
}
