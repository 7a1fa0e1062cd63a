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

// NewClient returns a client of the Grafana at base, which [Address] read. The token, which
// [Token] read, is that of a service account which may write folders and dashboards.
// Transport is http.DefaultTransport if it is nil; timeout is that of a single request.
func NewClient(base *url.URL, token string, transport http.RoundTripper, timeout time.Duration) *Client {
	return &Client{
		base: base, token: token, wait: sleep,
		http: &http.Client{
			Transport: transport, Timeout: timeout,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
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

// StatusError is an answer of Grafana that is no success. Message quotes what a server
// said, so that it has no control characters, and not the token.
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
		err = c.refusal(method, c.base.JoinPath(path), http.StatusNotFound, "")
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
		return false, 0, fmt.Errorf("%s %s: %w", method, address, c.cause(err))
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, largest))
	if err != nil {
		return false, 0, fmt.Errorf("%s %s: reading the answer: %w", method, address, c.cause(err))
	}
	switch code := response.StatusCode; {
	case code == http.StatusNotFound && isJSON(answer):
		return false, never, nil
	case code/100 == 2:
		if into == nil {
			return true, never, nil
		}
		if err := json.Unmarshal(answer, into); err != nil {
			return false, never, fmt.Errorf("%s %s: this is no answer of Grafana: %w", method, address, c.cause(err))
		}
		return true, never, nil
	case code == http.StatusTooManyRequests || code/100 == 5:
		seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
		after = time.Duration(max(seconds, 0)) * time.Second
	default:
		after = never
	}
	return false, after, c.refusal(method, address, response.StatusCode, c.message(response, answer))
}

// isJSON tells Grafana's own "not found" from that of a server which is no Grafana.
func isJSON(answer []byte) bool { return json.Valid(answer) && len(answer) > 0 }

// refusal names the status in our words: the server's may say anything.
func (c *Client) refusal(method string, address *url.URL, code int, message string) *StatusError {
	status := strings.TrimSpace(strconv.Itoa(code) + " " + http.StatusText(code))
	return &StatusError{method, address.String(), status, message, code}
}

// message is what Grafana says of a failure.
func (c *Client) message(response *http.Response, answer []byte) string {
	if to := response.Header.Get("Location"); response.StatusCode/100 == 3 && to != "" {
		return fmt.Sprintf("redirects to %q, which is not followed: give the URL that it leads to", c.redact(to))
	}
	var said struct {
		Message string `json:"message"`
		Status  string `json:"status"`
	}
	if json.Unmarshal(answer, &said) != nil {
		return "this is no answer of Grafana"
	}
	text := said.Message
	if said.Status != "" {
		text += " (" + said.Status + ")"
	}
	if text == "" {
		return ""
	}
	return strconv.Quote(c.redact(text))
}

// redact takes out the token, also where it was put into a URL or into quotes.
func (c *Client) redact(text string) string {
	quoted := strings.Trim(strconv.Quote(c.token), `"`)
	for _, token := range []string{c.token, url.QueryEscape(c.token), url.PathEscape(c.token), quoted} {
		text = strings.ReplaceAll(text, token, "[token]")
	}
	return text
}

// cause is what is wrong without the URL, which net/http puts before it, and without the
// token, which a server may have sent back in a line that is no HTTP.
func (c *Client) cause(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err
	}
	return &redacted{err, c.redact(err.Error())}
}

// redacted is an error with another text.
type redacted struct {
	error
	text string
}

func (e *redacted) Error() string { return e.text }
func (e *redacted) Unwrap() error { return e.error }
