package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/dashboards"
	"github.com/readygate/readygate/dashboards/preview"
)

func newDashboardsPreviewCommand() *cobra.Command {
	p := dashboardsPreview{scrape: 15 * time.Second}
	cmd := &cobra.Command{
		Use:   "preview [FILE|DIR]...",
		Short: "Show dashboards on a page of this machine, without a Grafana",
		Long: `Preview draws dashboards from their classic JSON against a Prometheus: those of the
files and folders given, or else the generated ones. It shows what a change looks like;
it is not Grafana, and its pages say so.

The page is for this machine: it is served on a loopback address only, and passes on
to Prometheus nothing but questions. Files are read again on every reload.

With --png it writes a picture of every dashboard instead, with all rows unfolded and
times in UTC, and says how many panels had no data. That needs Chromium. Exit code 1 then
means that there are panels that could not be drawn, or errors of the page itself; the
pictures are written.`,
		Example: `  readyctl dashboards preview                                    # http://127.0.0.1:9090
  readyctl dashboards preview --services services.yaml --prometheus http://127.0.0.1:9091
  readyctl dashboards preview generated/dashboards
  readyctl dashboards preview --services services.yaml --png pictures --from now-6h   # in CI`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.run(cmd.Context(), args, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringVar(&p.prometheus, "prometheus", "http://127.0.0.1:9090", "address of the Prometheus that the panels ask")
	f.StringVar(&p.services, "services", "", "the services file of the generated dashboards (default: none, the dashboards over all services)")
	f.StringVar(&p.listen, "listen", "127.0.0.1:0", "loopback address to serve on; port 0 is any that is free")
	f.DurationVar(&p.scrape, "scrape-interval", p.scrape, "how often Prometheus scrapes, as in Grafana's data source")
	f.StringVar(&p.png, "png", "", "write pictures to this folder instead of serving")
	f.StringVar(&p.from, "from", "", "of pictures: beginning of the time range, such as now-6h (default: the dashboard's own)")
	f.StringVar(&p.to, "to", "", "of pictures: end of the time range (default: the dashboard's own)")
	f.IntVar(&p.width, "width", 1600, "of pictures: pixels, 400 to 4000")
	f.BoolVar(&p.dark, "dark", false, "of pictures: light on dark")
	f.StringVar(&p.chromium, "chromium", "", "of pictures: the browser (default: chromium, chromium-browser or google-chrome in PATH)")
	return cmd
}

type dashboardsPreview struct {
	prometheus, services, listen, png, from, to, chromium string
	scrape                                                time.Duration
	width                                                 int
	dark                                                  bool
}

func (p dashboardsPreview) run(ctx context.Context, paths []string, stdout, talk io.Writer) error {
	prometheus, err := p.validate(paths)
	source := p.source(paths)
	boards, errBoards := source()
	browser, errBrowser := p.browser()
	if err := errors.Join(err, errBoards, errBrowser); err != nil {
		return usageError{err}
	}
	listener, err := net.Listen("tcp", p.listen)
	if err != nil {
		return usageError{fmt.Errorf("--listen: %w", err)}
	}
	server := &http.Server{
		Handler:           preview.Handler(preview.Options{Boards: source, Prometheus: prometheus, ScrapeInterval: p.scrape}),
		ReadHeaderTimeout: 10 * time.Second,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	address := "http://" + listener.Addr().String()
	if p.png != "" {
		err = p.pictures(ctx, browser, address, boards, prometheus, talk)
	} else {
		fmt.Fprintln(stdout, address+"/")
		fmt.Fprintf(talk, "%d dashboards over %s, until Ctrl-C\n", len(boards), prometheus)
		select {
		case <-ctx.Done():
		case err = <-ended:
			return err
		}
	}
	// Whoever still asks Prometheus has no page to show it on.
	return errors.Join(err, server.Close(), ignoreClosed(<-ended))
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// source of dashboards: what the files say now, or what is generated now. Made new on
// every call, so that a reload of the page shows a change.
func (p dashboardsPreview) source(paths []string) func() ([]preview.Board, error) {
	if len(paths) > 0 {
		return func() ([]preview.Board, error) { return preview.Load(paths...) }
	}
	return func() ([]preview.Board, error) {
		services, err := loadCatalog(p.services)
		if err != nil {
			return nil, err
		}
		all, err := dashboards.Generate(services)
		if err != nil {
			return nil, err
		}
		boards := make([]preview.Board, len(all))
		for i, d := range all {
			text, err := dashboards.JSON(d.Dashboard)
			if err != nil {
				return nil, err
			}
			if boards[i], err = preview.Parse(d.Name, text); err != nil {
				return nil, err
			}
		}
		return boards, nil
	}
}

// validate reports all that is wrong with the flags, and reads the address.
func (p dashboardsPreview) validate(paths []string) (*url.URL, error) {
	var wrong []error
	add := func(flag, got, allowed string) {
		wrong = append(wrong, fmt.Errorf("--%s: got %q, allowed: %s", flag, got, allowed))
	}
	prometheus, err := url.Parse(p.prometheus)
	// Nothing repeats the address, which may have a password or a token.
	switch {
	case !strings.Contains(p.prometheus, "://"):
		wrong = append(wrong, errors.New("--prometheus: got an address without http://, allowed: one such as http://127.0.0.1:9090"))
	case err != nil || prometheus.Scheme != "http" && prometheus.Scheme != "https" || prometheus.Host == "":
		wrong = append(wrong, errors.New("--prometheus: allowed: an address such as http://127.0.0.1:9090"))
	case prometheus.User != nil:
		wrong = append(wrong, errors.New("--prometheus: got an address with a password, which the list of processes shows; allowed: one without, such as that of a proxy that knows it"))
	case strings.ContainsAny(p.prometheus, "?#"):
		wrong = append(wrong, errors.New("--prometheus: got an address with ? or #, and what follows that would not be asked for; allowed: one without, such as that of a proxy that adds it"))
	}
	p.checkListen(add)
	if p.scrape < time.Second {
		add("scrape-interval", p.scrape.String(), "1s or more")
	}
	if p.width < 400 || p.width > 4000 {
		add("width", fmt.Sprint(p.width), "400 to 4000")
	}
	for flag, moment := range map[string]string{"from": p.from, "to": p.to} {
		if moment != "" && !isMoment(moment) {
			add(flag, moment, "now, now-6h, milliseconds since 1970, or 2026-01-02T15:04:05Z")
		}
	}
	if p.services != "" && len(paths) > 0 {
		add("services", p.services, "either a services file or files of dashboards")
	}
	return prometheus, errors.Join(wrong...)
}

// checkListen reports what is wrong with the address to serve on: its host, which must not
// be a name, since that may lead elsewhere, and its port.
func (p dashboardsPreview) checkListen(add func(flag, got, allowed string)) {
	host, port, err := net.SplitHostPort(p.listen)
	if err != nil {
		add("listen", p.listen, "an address of the loopback interface with a port, such as 127.0.0.1:8080 or [::1]:0")
		return
	}
	if at, err := netip.ParseAddr(host); err != nil || !at.IsLoopback() {
		add("listen", p.listen, "an address of the loopback interface, in numbers, such as 127.0.0.1 or [::1]")
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		add("listen", p.listen, "a port from 0, which is any that is free, to 65535")
	}
}
