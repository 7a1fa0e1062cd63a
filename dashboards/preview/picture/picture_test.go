package picture

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/dashboards/preview"
)

// hour is a range of the series of testdata.
const hour = "?from=3600000&to=7200000"

// serve is the address of a preview of the dashboards of a folder over the series of
// testdata.
func serve(t *testing.T, path string) string {
	t.Helper()
	return serveOver(t, path, newPrometheus(t, "testdata/series.txt").URL)
}

func serveOver(t *testing.T, path, prometheus string) string {
	t.Helper()
	address, err := url.Parse(prometheus)
	require.NoError(t, err)
	server := httptest.NewServer(preview.Handler(preview.Options{
		Boards:         func() ([]preview.Board, error) { return preview.Load(path) },
		Prometheus:     address,
		ScrapeInterval: 30 * time.Second,
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// browser is the one that the environment names.
func browser(t *testing.T) string {
	t.Helper()
	require.NotEmpty(t, os.Getenv("CHROMIUM"), "CHROMIUM does not name Chromium: run the tests with make, or install it and set CHROMIUM")
	path, err := Find(os.Getenv("CHROMIUM"))
	require.NoError(t, err)
	return path
}

func takeOne(t *testing.T, o Options, address string) Picture {
	t.Helper()
	o.Browser, o.Width, o.Patience = browser(t), 1600, time.Minute
	var got Picture
	require.NoError(t, Take(t.Context(), o, []string{address}, func(_ int, p Picture) error {
		got = p
		return nil
	}))
	// For people: go test -artifacts keeps them.
	require.NoError(t, os.WriteFile(filepath.Join(t.ArtifactDir(), "picture.png"), got.PNG, 0o644))
	return got
}

// colors is how many colours a picture has: one that is blank has one.
func colors(t *testing.T, text []byte) (image.Rectangle, int) {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(text))
	require.NoError(t, err)
	seen := make(map[any]bool)
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y += 3 {
		for x := bounds.Min.X; x < bounds.Max.X; x += 3 {
			seen[picture.At(x, y)] = true
		}
	}
	return bounds, len(seen)
}

func TestEveryKindOfPanelIsDrawn(t *testing.T) {
	for theme, dark := range map[string]bool{"light": false, "dark": true} {
		t.Run(theme, func(t *testing.T) {
			p := takeOne(t, Options{Dark: dark}, serve(t, "testdata/kinds.json")+"/d/kinds"+hour+"&unfold")
			require.Empty(t, p.Console)
			require.Empty(t, p.Failures)
			require.Equal(t, 17, p.Panels)
			require.Equal(t, 1, p.Empty, "the one that has a text for it")
			bounds, seen := colors(t, p.PNG)
			require.Equal(t, 1600, bounds.Dx())
			require.Greater(t, bounds.Dy(), 1500)
			require.Greater(t, seen, 200)
		})
	}
}

// Some that speak the API of Prometheus say null where it says [].
func TestAnAnswerWithNullForNoSeriesHasNone(t *testing.T) {
	silent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data := `{"resultType": "vector", "result": null}`
		if r.URL.Path != "/api/v1/query" && r.URL.Path != "/api/v1/query_range" {
			data = "null"
		}
		_, _ = io.WriteString(w, `{"status": "success", "data": `+data+`}`)
	}))
	t.Cleanup(silent.Close)
	p := takeOne(t, Options{}, serveOver(t, "testdata/kinds.json", silent.URL)+"/d/kinds"+hour+"&unfold")
	require.Empty(t, p.Console)
	require.Empty(t, p.Failures)
	require.Equal(t, 17, p.Panels)
	require.Equal(t, 16, p.Empty, "all but the text")
}

func TestTheListIsDrawn(t *testing.T) {
	p := takeOne(t, Options{}, serve(t, "testdata")+"/")
	require.Empty(t, p.Console)
	_, seen := colors(t, p.PNG)
	require.Greater(t, seen, 20)
}

func TestAPanelSaysWhatIsWrongWithIt(t *testing.T) {
	p := takeOne(t, Options{}, serve(t, "testdata/wrong.json")+"/d/wrong"+hour)
	require.Empty(t, p.Console)
	require.Equal(t, []string{
		`Not PromQL: 1:5: parse error: unclosed left parenthesis`,
		"A pie: The preview cannot draw panels of type piechart.",
		"HTML: The preview shows text as Markdown, not as HTML.",
	}, p.Failures)
	require.Equal(t, 3, p.Failed)
}

func TestADashboardThatIsNotThereIsSaid(t *testing.T) {
	p := takeOne(t, Options{}, serve(t, "testdata/wrong.json")+"/d/other")
	require.Equal(t, []string{`No dashboard has the uid "other".`}, p.Failures)
}

func TestTheBrowserIsFoundOrSaidToBeMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Find("")
	require.EqualError(t, err, "no browser: looked for chromium, chromium-browser, google-chrome; install Chromium (apt-get install chromium) or name one with --chromium")
	_, err = Find("no-such-browser")
	require.ErrorContains(t, err, "looked for no-such-browser")
}
