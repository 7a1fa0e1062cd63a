package preview

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

// Limits of what is asked of Prometheus.
const (
	// queryTimeout is longer than a panel should take and shorter than a person waits.
	queryTimeout = 60 * time.Second
	// largestAnswer is about a million samples.
	largestAnswer = 64 << 20
)

// parameters are those that are passed on; others are left out.
var parameters = []string{"query", "time", "start", "end", "step", "match[]", "limit"}

// labelName is what a label may be called in a path: nothing that leads out of it.
var labelName = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

// proxy asks Prometheus what a page asked. Which paths it may ask is up to the handler
// that it is part of.
type proxy struct {
	base   *url.URL
	client *http.Client
}

func newProxy(base *url.URL) *proxy {
	return &proxy{base, &http.Client{
		Timeout: queryTimeout,
		// Elsewhere is not what the user named.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if name := r.PathValue("name"); name != "" && !labelName.MatchString(name) {
		refuse(w, http.StatusBadRequest, fmt.Sprintf("label: got %q, allowed: letters, digits and underscores", name))
		return
	}
	target := p.base.JoinPath(r.URL.Path)
	query := r.URL.Query()
	for name := range query {
		if !slices.Contains(parameters, name) {
			query.Del(name)
		}
	}
	target.RawQuery = query.Encode()
	request, err := http.NewRequestWithContext(r.Context(), http.MethodGet, target.String(), nil)
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	status, text, err := p.ask(request)
	if err != nil {
		refuse(w, http.StatusBadGateway, fmt.Sprintf("Prometheus at %s: %v", p.base.Redacted(), err))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(text) // the page that asked may be gone
}

// ask returns an answer that is JSON, whatever its status.
func (p *proxy) ask(request *http.Request) (int, []byte, error) {
	response, err := p.client.Do(request)
	if err != nil {
		return 0, nil, plainly(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, largestAnswer+1))
	switch {
	case err != nil:
		return 0, nil, plainly(err)
	case len(text) > largestAnswer:
		return 0, nil, fmt.Errorf("the answer is larger than %d MiB", largestAnswer>>20)
	case !json.Valid(text):
		return 0, nil, fmt.Errorf("the answer is not JSON but %q (status %d)", bytes.TrimSpace(text[:min(len(text), 80)]), response.StatusCode)
	}
	return response.StatusCode, text, nil
}

// plainly is an error without the address, which has the whole query.
func plainly(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err
	}
	var late net.Error
	if errors.As(err, &late) && late.Timeout() {
		return fmt.Errorf("no answer within %s", queryTimeout)
	}
	return err
}
