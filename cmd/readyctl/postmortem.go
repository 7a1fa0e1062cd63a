package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/prometheus/client_golang/api"
	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/config"
	"github.com/prometheus/common/model"
	"github.com/spf13/cobra"

	"github.com/readygate/readygate/internal/postmortem"
)

// answerTimeout is how long all of Prometheus' answers may take.
const answerTimeout = 2 * time.Minute

// postmortemOptions are the flags of postmortem.
type postmortemOptions struct {
	prometheus, httpConfig, from, to, out string
	request                               postmortem.Request
	address                               *url.URL
}

func newPostmortemCommand() *cobra.Command {
	var o postmortemOptions
	cmd := &cobra.Command{
		Use:   "postmortem --prometheus URL --from TIME [--to TIME]",
		Short: "Draft a post-mortem from what Prometheus remembers",
		Long: `Postmortem asks Prometheus, or what speaks its API, which alerts fired, what was
released, and how many requests failed, and writes a draft in Markdown: a summary, a
timeline, the impact, the queries. What only people know is left empty and marked.

TIME is RFC 3339, as 2026-11-23T07:30:00Z, now, or counts back from now, as -2h or -3d.

The draft goes to stdout, or with --out to a new file: one that exists is never
written over, because people may have written in it.

Credentials are not given on the command line, where others can read them, but in a
file: --http-config is that of promtool (basic_auth, authorization, tls_config).

Exit code 0: there is a draft. 1: Prometheus did not answer, or no such alert fired.
2: the command line or a file is wrong.`,
		Example: `  readyctl postmortem --prometheus http://localhost:9090 --from -2h
  readyctl postmortem --prometheus https://prometheus.example.com --http-config http.yaml \
    --service payments --from 2026-11-23T07:00:00Z --to 2026-11-23T09:00:00Z --out postmortem.md`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.read(time.Now()); err != nil {
				return usageError{err}
			}
			draft, err := o.draft(cmd.Context())
			if err != nil {
				return err
			}
			if o.out != "" {
				return writeNew(o.out, draft)
			}
			_, err = cmd.OutOrStdout().Write(draft)
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.prometheus, "prometheus", "", "the address of Prometheus, such as http://localhost:9090")
	f.StringVar(&o.httpConfig, "http-config", "", "a file with credentials and TLS settings for the address")
	f.StringVar(&o.request.Alert, "alert", "", "only this alert")
	f.StringVar(&o.request.Service, "service", "", "only alerts with this label service")
	f.StringVar(&o.from, "from", "", "when the incident began, or earlier")
	f.StringVar(&o.to, "to", "now", "when it was over")
	f.StringVar(&o.out, "out", "", "a new file to write to (default: stdout)")
	return cmd
}

// read reports everything that is wrong with the command line.
func (o *postmortemOptions) read(now time.Time) error {
	var errs []error
	wrong := func(flag, got, allowed string) {
		errs = append(errs, fmt.Errorf("%s: got %s, allowed: %s", flag, got, allowed))
	}
	var err error
	o.address, err = url.Parse(o.prometheus)
	switch {
	case err != nil && strings.Contains(o.prometheus, "@"), err == nil && o.address.User != nil:
		wrong("--prometheus", "a URL with a user or password in it, which is not shown", "one without; give credentials with --http-config")
	case err != nil || o.address.Hostname() == "" || o.address.Scheme != "http" && o.address.Scheme != "https":
		wrong("--prometheus", quoted(o.prometheus), "an address such as http://localhost:9090")
	}
	read := func(flag, text string, to *time.Time) bool {
		if *to, err = moment(text, now); err != nil {
			wrong(flag, quoted(text), "a time such as 2026-11-23T07:30:00Z, or -2h")
		}
		return err == nil
	}
	from, to := read("--from", o.from, &o.request.From), read("--to", o.to, &o.request.To)
	switch window := o.request.To.Sub(o.request.From); {
	case !from || !to:
	case window <= 0:
		wrong("--from", quoted(o.from), "a time before --to")
	case window > postmortem.MaxWindow:
		wrong("--from", quoted(o.from), "a time at most 31 days before --to")
	case o.request.To.After(now):
		wrong("--to", quoted(o.to), "a time that has passed")
	}
	if _, err := os.Lstat(o.out); o.out != "" && !errors.Is(err, fs.ErrNotExist) {
		wrong("--out", quoted(o.out)+", which exists", "a new file")
	}
	return errors.Join(errs...)
}

func quoted(text string) string {
	if text == "" {
		return "nothing"
	}
	return fmt.Sprintf("%q", text)
}

// moment reads a time: RFC 3339, now, or a duration that counts back from now.
func moment(text string, now time.Time) (time.Time, error) {
	if text == "now" {
		return now.UTC().Truncate(time.Second), nil
	}
	if back, found := strings.CutPrefix(text, "-"); found {
		d, err := model.ParseDuration(back)
		return now.Add(-time.Duration(d)).UTC().Truncate(time.Second), err
	}
	t, err := time.Parse(time.RFC3339, text)
	return t.UTC(), err
}

// draft asks Prometheus.
func (o *postmortemOptions) draft(ctx context.Context) ([]byte, error) {
	transport := api.DefaultRoundTripper
	if o.httpConfig != "" {
		settings, _, err := config.LoadHTTPConfigFile(o.httpConfig)
		if err != nil {
			return nil, usageError{fmt.Errorf("--http-config %s: %w", o.httpConfig, err)}
		}
		if transport, err = config.NewRoundTripperFromConfig(*settings, "readyctl"); err != nil {
			return nil, usageError{fmt.Errorf("--http-config %s: %w", o.httpConfig, err)}
		}
	}
	client, err := api.NewClient(api.Config{Address: o.prometheus, RoundTripper: transport})
	if err != nil {
		return nil, usageError{fmt.Errorf("--prometheus: %w", err)}
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	incident, err := postmortem.Collect(ctx, v1.NewAPI(client), o.request)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.prometheus, err)
	}
	return incident.Draft(o.address)
}

// writeNew writes a file that must not exist, whole or not at all.
func writeNew(path string, data []byte) error {
	temporary, err := writeBeside(path, data)
	if err != nil {
		return usageError{err}
	}
	defer os.Remove(temporary)
	// A link, unlike a rename, does not replace what came in the meantime.
	if err := os.Link(temporary, path); err != nil {
		return usageError{err}
	}
	return nil
}
