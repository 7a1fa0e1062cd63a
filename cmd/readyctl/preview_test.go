package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// silentPrometheus answers every question with no series.
func silentPrometheus(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data := `{"resultType": "vector", "result": []}`
		if strings.HasPrefix(r.URL.Path, "/api/v1/label/") {
			data = `[]`
		}
		_, _ = io.WriteString(w, `{"status": "success", "data": `+data+`}`)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func runPreview(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, talk bytes.Buffer
	code = run(t.Context(), append([]string{"dashboards", "preview"}, args...), nil, &out, &talk)
	return code, out.String(), talk.String()
}

func TestPreviewServesUntilItIsStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	reader, writer := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"dashboards", "preview", "--prometheus", silentPrometheus(t)}, nil, writer, io.Discard)
	}()
	address, err := bufio.NewReader(reader).ReadString('\n')
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(address, "http://127.0.0.1:"), address)
	answer, err := http.Get(strings.TrimSpace(address) + "dashboards/readygate-red")
	require.NoError(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Contains(t, string(text), `"title":"RED per service"`)
	stop()
	require.Equal(t, exitOK, <-code)
}

func TestPreviewSaysAllThatIsWrongWithItsFlags(t *testing.T) {
	code, _, said := runPreview(t, "--prometheus", "ftp://x", "--listen", "0.0.0.0:80", "--scrape-interval", "1ms", "--width", "1",
		"--from", "yesterday", "--png", t.TempDir(), "--chromium", "no-such-browser", "--services", "x.yaml", "missing.json")
	require.Equal(t, exitUsage, code)
	for _, want := range []string{
		"--prometheus: allowed: an address", `--listen: got "0.0.0.0:80", allowed: an address of the loopback interface, in numbers`,
		`--scrape-interval: got "1ms"`, `--width: got "1", allowed: 400 to 4000`, `--from: got "yesterday"`,
		"install Chromium", `--services: got "x.yaml", allowed: either`, "missing.json: no such file",
	} {
		require.Contains(t, said, want)
	}
	code, _, said = runPreview(t, "--prometheus", "http://user:"+"word@127.0.0.1")
	require.Equal(t, exitUsage, code)
	require.NotContains(t, said, "word@")
}

func TestPreviewSaysWhatIsWrongWithAnAddress(t *testing.T) {
	for given, want := range map[[2]string]string{
		{"--prometheus", "127.0.0.1:9090"}:                 "--prometheus: got an address without http://, ",
		{"--prometheus", "localhost:9090"}:                 "--prometheus: got an address without http://, ",
		{"--prometheus", "http://127.0.0.1/x/?" + "t=abc"}: "--prometheus: got an address with ? or #, ",
		{"--prometheus", "http://127.0.0.1/?"}:             "--prometheus: got an address with ? or #, ",
		{"--listen", "localhost:0"}:                        `--listen: got "localhost:0", allowed: an address of the loopback interface, in numbers, `,
		{"--listen", "127.0.0.1:99999"}:                    `--listen: got "127.0.0.1:99999", allowed: a port from 0`,
		{"--listen", "127.0.0.1"}:                          `--listen: got "127.0.0.1", allowed: an address of the loopback interface with a port`,
	} {
		code, _, said := runPreview(t, given[0], given[1])
		require.Equal(t, exitUsage, code)
		require.Contains(t, said, want)
		require.Equal(t, 1, strings.Count(said, given[0]), said)
		require.NotContains(t, said, "abc")
	}
}

// aBrowser is a name of a program that is there and never started.
func aBrowser(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	require.NoError(t, err)
	return path
}

func TestPreviewTakesNoPicturesWithoutAPrometheus(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	code, _, said := runPreview(t, "--png", t.TempDir(), "--chromium", aBrowser(t), "--prometheus", gone.URL)
	require.Equal(t, exitFindings, code)
	require.Contains(t, said, "answers, but not as Prometheus does: 404 Not Found\nno pictures were taken")
	gone.Close()
	code, _, said = runPreview(t, "--png", t.TempDir(), "--chromium", aBrowser(t), "--prometheus", gone.URL)
	require.Equal(t, exitFindings, code)
	require.Contains(t, said, "connection refused\nno pictures were taken")
}

func TestPreviewTakesAPictureOfEveryDashboard(t *testing.T) {
	require.NotEmpty(t, os.Getenv("CHROMIUM"), "CHROMIUM does not name Chromium: run the tests with make, or install it and set CHROMIUM")
	dir := filepath.Join(t.TempDir(), "pictures")
	code, _, said := runPreview(t, "--png", dir, "--chromium", os.Getenv("CHROMIUM"), "--prometheus", silentPrometheus(t))
	require.Equal(t, exitOK, code, said)
	require.Contains(t, said, filepath.Join(dir, "red.png")+": ")
	pictures, err := filepath.Glob(filepath.Join(dir, "*.png"))
	require.NoError(t, err)
	require.Len(t, pictures, strings.Count(said, " 0 not drawn\n"))
}

func TestPreviewCountsAPanelThatFailsOnce(t *testing.T) {
	require.NotEmpty(t, os.Getenv("CHROMIUM"), "CHROMIUM does not name Chromium: run the tests with make, or install it and set CHROMIUM")
	// The answer has no data, which no script of the page expects.
	odd := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"status": "success"}`)
	}))
	t.Cleanup(odd.Close)
	board := filepath.Join(t.TempDir(), "one.json")
	require.NoError(t, os.WriteFile(board, []byte(`{"uid": "one", "title": "One", "panels": [{"id": 1, "type": "stat", "title": "Up",
		"gridPos": {"x": 0, "y": 0, "w": 12, "h": 8}, "targets": [{"refId": "A", "expr": "up", "instant": true}]}]}`), 0o600))
	code, _, said := runPreview(t, "--png", t.TempDir(), "--chromium", os.Getenv("CHROMIUM"), "--prometheus", odd.URL, board)
	require.Equal(t, exitFindings, code, said)
	require.Contains(t, said, "1 panels, 0 without data, 1 not drawn\n")
	require.Contains(t, said, "panels that could not be drawn: 1, errors in the console of the browser: 1\n")
}
