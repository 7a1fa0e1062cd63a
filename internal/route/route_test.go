package route

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/golden"
)

// The cases of each function are a file of lines "input -> result".
const (
	templatesFile = "testdata/templates.txt"
	namesFile     = "testdata/names.txt"
	hostsFile     = "testdata/hosts.txt"
)

func TestTextsGiveTheirTemplates(t *testing.T) {
	for file, made := range map[string]func(dst []byte, text string) []byte{
		templatesFile: AppendTemplate, namesFile: AppendName, hostsFile: AppendHost,
	} {
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		var got bytes.Buffer
		for line := range strings.Lines(string(want)) {
			text, isCase := caseOf(line)
			if !isCase {
				got.WriteString(line)
				continue
			}
			got.WriteString(text + " -> " + string(made(nil, text)) + "\n")
		}
		golden.File(t, file, got.Bytes())
	}
}

// caseOf returns the input of a line of cases.
func caseOf(line string) (text string, isCase bool) {
	text, _, isCase = strings.Cut(line, " -> ")
	return text, isCase && !strings.HasPrefix(line, "# ")
}

// texts are the inputs of a file of cases.
func texts(t testing.TB, file string) (all []string) {
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		if text, isCase := caseOf(line); isCase {
			all = append(all, text)
		}
	}
	return all
}

func TestRoutesLoseQueriesAndKeepOptionalParameters(t *testing.T) {
	for route, want := range map[string]string{
		"/users/{id}":                 "/users/{id}",
		"/users/:id?":                 "/users/:id?",
		"/users/:id?/orders":          "/users/:id?/orders",
		"{controller}/{action}/{id?}": "{controller}/{action}/{id?}",
		"/users/(:id)?":               "/users/(:id)?",
		"/users?token=abc":            "/users",
		"/users?42":                   "/users",
		"?token=abc":                  "",
		"/users#top":                  "/users",
		"":                            "",
	} {
		require.Equal(t, want, Of(route), "route %q", route)
	}
}

func TestTargetsGiveTheirPaths(t *testing.T) {
	for target, want := range map[string]string{
		"/a?b": "/a?b", "https://h/a": "/a", "https://h": "/", "https://h?x=/a": "/", "*": "", "host:443": "", "": "",
	} {
		require.Equal(t, want, PathOf(target), "target %q", target)
	}
}

func TestTemplatesAreAppendedWithoutAllocations(t *testing.T) {
	dst := append(make([]byte, 0, 1<<10), "before "...)
	for file, made := range map[string]func(dst []byte, text string) []byte{
		templatesFile: AppendTemplate, namesFile: AppendName, hostsFile: AppendHost,
	} {
		for _, text := range texts(t, file) {
			if file == hostsFile && strings.ToLower(text) != text {
				continue // the exception that AppendHost tells
			}
			require.Equal(t, "before "+string(made(nil, text)), string(made(dst, text)))
			require.Zero(t, testing.AllocsPerRun(10, func() { made(dst, text) }), "%q", text)
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	dst := make([]byte, 0, 1<<10)
	for _, c := range []struct {
		name, text string
		made       func(dst []byte, text string) []byte
	}{
		{"path", "/api/v1/resource-ab/123/items", AppendTemplate},
		{"path of words", "/shop/orders/checkout/payment", AppendTemplate},
		{"path with a UUID", "/jobs/123e4567-e89b-12d3-a456-426614174000/logs", AppendTemplate},
		{"name of words", "orders.payment.created", AppendName},
		{"name with a number", "process order 8842", AppendName},
		{"name with a date", "nightly-report-2026-01-02", AppendName},
		{"host", "checkout.shop.svc.cluster.local", AppendHost},
		{"host of a pod", "checkout-7c9d8f6b5-x2x9z.shop.svc", AppendHost},
		{"address", "192.0.2.17", AppendHost},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				dst = c.made(dst[:0], c.text)
			}
		})
	}
}

func TestTheEndpointIsTheRouteOrThePath(t *testing.T) {
	for want, request := range map[string]Request{
		"/users/{id} true": {Route: "/users/{id}", Path: "/users/42"},
		"/users/1 false":   {Route: "?x", Path: "/users/1", Target: "/users/2"},
		"/users/2 false":   {Path: "users", Target: "/users/2", URL: "https://example.com/users/3"},
		"/users/3 false":   {URL: "https://example.com/users/3", Name: "GET /users/4"},
		"/users/4 false":   {Target: "*", Name: "get /users/4 HTTP/1.1"},
		" false":           {Name: "RUN /users/5"},
	} {
		text, isRoute := request.Endpoint()
		require.Equal(t, want, fmt.Sprint(text, " ", isRoute))
	}
}
