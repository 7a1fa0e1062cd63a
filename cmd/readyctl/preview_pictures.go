package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"time"

	"github.com/readygate/readygate/dashboards/preview"
	"github.com/readygate/readygate/dashboards/preview/picture"
)

// patience is how long a dashboard may take to draw itself.
const patience = 2 * time.Minute

// relative is a moment as Grafana's addresses have it.
var relative = regexp.MustCompile(`^(now([-+]\d+[smhdwMy])?(/[smhdwMy])?|\d{5,})$`)

func isMoment(text string) bool {
	_, err := time.Parse(time.RFC3339, text)
	return err == nil || relative.MatchString(text)
}

// browser is what takes the pictures; nothing if none are to be taken.
func (p dashboardsPreview) browser() (string, error) {
	if p.png == "" {
		return "", nil
	}
	return picture.Find(p.chromium)
}

// pictures writes a picture of each board, all of them or none.
func (p dashboardsPreview) pictures(ctx context.Context, browser, address string, boards []preview.Board, prometheus *url.URL, talk io.Writer) error {
	if err := answers(ctx, prometheus); err != nil {
		return fmt.Errorf("%w\nno pictures were taken", err)
	}
	var (
		files          []output
		failed, logged int
	)
	options := picture.Options{Browser: browser, Width: p.width, Dark: p.dark, Patience: patience}
	err := picture.Take(ctx, options, p.addresses(address, boards), func(at int, taken picture.Picture) error {
		name := boards[at].Name + ".png"
		files = append(files, output{name, taken.PNG})
		fmt.Fprintf(talk, "%s: %d panels, %d without data, %d not drawn\n", filepath.Join(p.png, name), taken.Panels, taken.Empty, taken.Failed)
		for _, text := range append(taken.Failures, taken.Console...) {
			fmt.Fprintf(talk, "  %s\n", text)
		}
		failed += taken.Failed
		logged += len(taken.Console)
		return nil
	})
	if err != nil {
		return fmt.Errorf("%w\nno pictures were written", err)
	}
	if err := replace(p.png, files); err != nil {
		return usageError{err}
	}
	if failed+logged > 0 {
		return fmt.Errorf("panels that could not be drawn: %d, errors in the console of the browser: %d", failed, logged)
	}
	return nil
}

// addresses are those of the boards, with all rows unfolded.
func (p dashboardsPreview) addresses(address string, boards []preview.Board) []string {
	query := url.Values{"unfold": {""}}
	if p.from != "" {
		query.Set("from", p.from)
	}
	if p.to != "" {
		query.Set("to", p.to)
	}
	all := make([]string, len(boards))
	for i, b := range boards {
		all[i] = address + "/d/" + url.PathEscape(b.UID) + "?" + query.Encode()
	}
	return all
}

// answers says whether Prometheus does: without one every panel would fail alike.
func answers(ctx context.Context, prometheus *url.URL) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	target := prometheus.JoinPath("/api/v1/query")
	target.RawQuery = "query=1"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("--prometheus: %w", err)
	}
	defer response.Body.Close()
	var said struct{ Status string }
	if err := json.NewDecoder(response.Body).Decode(&said); err != nil || said.Status != "success" {
		return fmt.Errorf("--prometheus: %s: %w", prometheus, errors.New("answers, but not as Prometheus does: "+response.Status))
	}
	return nil
}
