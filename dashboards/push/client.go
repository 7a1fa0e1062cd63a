package push

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Client speaks with one Grafana. It keeps no state, and its methods can be called at the
// same time.
type Client struct {
	base  *url.URL
	token string
	http  *http.Client
	// wait waits, and ends early with an error when the context does.
	wait func(context.Context, time.Duration) error
}

// NewClient returns a client of the Grafana at address, such as
// https://grafana.example.com or https://example.com/grafana. The token is that of a
// service account which may write folders and dashboards. Transport is
// http.DefaultTransport if it is nil; timeout is that of a single request.
func NewClient(address, token string, transport http.RoundTripper, timeout time.Duration) (*Client, error) {
	base, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, errors.New("got what is no URL, allowed: such as https://grafana.example.com")
	case base.User != nil:
		return nil, fmt.Errorf("got a user in the URL of %s, allowed: a URL without one", base.Host)
	case base.Scheme != "http" && base.Scheme != "https", base.Host == "", base.RawQuery != "", base.Fragment != "":
		return nil, fmt.Errorf("got %q, allowed: such as https://grafana.example.com", address)
	}
	token = strings.TrimSpace(token)
	if token == "" || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("token: got nothing, or more than one word, allowed: the token of a service account")
	}
	return &Client{
		base: base, token: token, wait: sleep,
		http: &http.Client{
			Transport: transport, Timeout: timeout,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// StatusError is an answer of Grafana that is no success.
type StatusError struct {
	Method, URL, Status, Message string
	Code                         int
}

func (e *StatusError) Error() string {
	text := e.Method + " " + e.URL + ": " + e.Status
	if e.Message != "" {
		text += ": " + e.Message
	}
	return text
}

// must is a request whose answer has to be a success.
func (c *Client) must(ctx context.Context, method, path string, body any) error {
	there, err := c.ask(ctx, method, path, body, nil)
	if err == nil && !there {
		err = &StatusError{Method: method, URL: c.base.JoinPath("/").String() + path[1:], Status: "404 Not Found", Code: http.StatusNotFound}
	}
	return err
}

// Limits of requests.
const (
	attempts    = 5
	firstWait   = 500 * time.Millisecond
	longestWait = 30 * time.Second
	// largest is how much of an answer is read, in bytes.
	largest = 64 << 20
)

// ask sends a request, again where that may help, and reads the answer into the value
// that into points to. It returns false if Grafana does not have what was asked for.
func (c *Client) ask(ctx context.Context, method, path string, body, into any) (bool, error) {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return false, err
		}
	}
	pause := firstWait
	for attempt := 1; ; attempt++ {
		there, after, err := c.once(ctx, method, path, text, into)
		if err == nil || after == never || attempt == attempts || ctx.Err() != nil {
			if err != nil && attempt > 1 {
				err = fmt.Errorf("%w (tried %d times)", err, attempt)
			}
			return there, err
		}
		if err := c.wait(ctx, min(max(pause, after), longestWait)); err != nil {
			return false, err
		}
		pause *= 2
	}
}

// never says that another try would be of no use.
const never time.Duration = -1

// once sends a request. It returns how long Grafana asks to wait before another try, or
// never.
func (c *Client) once(ctx context.Context, method, path string, text []byte, into any) (there bool, after time.Duration, err error) {
	route, query, _ := strings.Cut(path, "?")
	address := c.base.JoinPath(route)
	address.RawQuery = query
	request, err := http.NewRequestWithContext(ctx, method, address.String(), bytes.NewReader(text))
	if err != nil {
		return false, never, err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "readyctl")
	if text != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := c.http.Do(request)
	if err != nil {
		return false, 0, fmt.Errorf("%s %s: %w", method, address, cause(err))
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, largest))
	if err != nil {
		return false, 0, fmt.Errorf("%s %s: reading the answer: %w", method, address, err)
	}
	switch code := response.StatusCode; {
	case code == http.StatusNotFound && isJSON(answer):
		return false, never, nil
	case code/100 == 2:
		if into == nil {
			return true, never, nil
		}
		if err := json.Unmarshal(answer, into); err != nil {
			return false, never, fmt.Errorf("%s %s: got an answer that is none of Grafana: %w", method, address, err)
		}
		return true, never, nil
	case code == http.StatusTooManyRequests || code/100 == 5:
		seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
		after = time.Duration(max(seconds, 0)) * time.Second
	default:
		after = never
	}
	return false, after, &StatusError{method, address.String(), response.Status, c.message(response, answer), response.StatusCode}
}

// isJSON tells Grafana's own "not found" from that of a server which is no Grafana.
func isJSON(answer []byte) bool { return json.Valid(answer) && len(answer) > 0 }

// message is what Grafana says of a failure, without the token, if it is in there.
func (c *Client) message(response *http.Response, answer []byte) string {
	if to := response.Header.Get("Location"); response.StatusCode/100 == 3 && to != "" {
		return "redirects to " + to + ", which is not followed: give the URL that it leads to"
	}
	var said struct {
		Message string `json:"message"`
		Status  string `json:"status"`
	}
	if json.Unmarshal(answer, &said) != nil {
		return "the answer is none of Grafana"
	}
	text := said.Message
	if said.Status != "" {
		text += " (" + said.Status + ")"
	}
	return strings.ReplaceAll(text, c.token, "[token]")
}

// cause is what is wrong without the URL, which net/http puts before it.
func cause(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
