package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"text/tabwriter"
	"text/template"
	"time"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/internal/demo"
	"github.com/readygate/readygate/internal/demo/delivery"
	"github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// Where the shipped configuration of the gateway listens.
const (
	portGRPC    = "4317"
	portHTTP    = "4318"
	portMetrics = "9464"
)

func newDemoCommand() *cobra.Command {
	var (
		endpoint, protocol string
		options            demo.Options
	)
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Send the telemetry of a small shop to a gateway",
		Long: `Send the traces, logs and metrics of a small shop to a gateway.

Three services, storefront, checkout and payments, send through the
OpenTelemetry SDK. A tenth of the charges fail, a tenth of the orders are slow,
and every request leaks personal data or a secret. All of it is invented.
At the end the command says what was sent and what to look at.`,
		Example: `  readyctl demo
  readyctl demo --duration 6m                # long enough for HighErrorRate to fire
  readyctl demo --endpoint localhost:4318 --protocol http
  readyctl demo --seed 7                     # the same visits, ids and secrets every time`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			options.Protocol = demo.Protocol(protocol)
			if err := resolve(&options, endpoint); err != nil {
				return usageError{err}
			}
			if !cmd.Flags().Changed("insecure") {
				options.Insecure = isLoopback(options)
			}
			if !cmd.Flags().Changed("seed") {
				options.Seed = uint64(rand.Uint32())
			}
			return runDemo(cmd.Context(), options, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringVar(&endpoint, "endpoint", "127.0.0.1", "gateway: host, or host:port for one protocol")
	f.StringVar(&protocol, "protocol", string(demo.Both), "grpc, http, or both: one service of three over HTTP")
	f.DurationVar(&options.Duration, "duration", time.Minute, "how long to send")
	f.Float64Var(&options.Rate, "rate", 20, "visitors per second")
	f.Uint64Var(&options.Seed, "seed", 0, "repeat the run with this seed (default random)")
	f.BoolVar(&options.Insecure, "insecure", false, "send without TLS (default true for a loopback address)")
	return cmd
}

// resolve sets the endpoints of the protocols and says everything that is wrong
// with the flags.
func resolve(o *demo.Options, endpoint string) error {
	var errs []error
	o.GRPC, o.HTTP = endpoint, endpoint
	if endpoint == "" || strings.Contains(endpoint, "/") {
		errs = append(errs, fmt.Errorf("--endpoint: got %q, allowed: a host or host:port, without scheme and path", endpoint))
	} else if _, _, err := net.SplitHostPort(endpoint); err != nil {
		host := strings.Trim(endpoint, "[]") // an IPv6 address may come with or without
		o.GRPC, o.HTTP = net.JoinHostPort(host, portGRPC), net.JoinHostPort(host, portHTTP)
	} else if o.Protocol == demo.Both {
		errs = append(errs, fmt.Errorf("--endpoint: got %q, which names one port where --protocol both needs two, allowed: the host alone, or one protocol", endpoint))
	}
	return errors.Join(append(errs, o.Validate())...)
}

// isLoopback says whether the gateway is on this machine.
func isLoopback(o demo.Options) bool {
	host, _, _ := net.SplitHostPort(o.GRPC)
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

func runDemo(ctx context.Context, o demo.Options, stdout, stderr io.Writer) error {
	if f, ok := stderr.(*os.File); ok && isTerminal(f) {
		o.Progress = func(done, total int) { fmt.Fprintf(stderr, "\r%d of %d visitors", done, total) }
		defer fmt.Fprintln(stderr)
	}
	report, err := demo.Run(ctx, o)
	var unreachable *delivery.UnreachableError
	if errors.As(err, &unreachable) {
		return fmt.Errorf("%w\nstart one with: make run", err)
	}
	if err != nil {
		n := report.Acknowledged()
		return fmt.Errorf("of what the shop sent, only %d spans, %d log records and %d metric points were acknowledged:\n%w",
			n.Spans, n.LogRecords, n.MetricPoints, err)
	}
	var out bytes.Buffer
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	if err := writeDemo(table, report, o); err != nil {
		return err
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err = stdout.Write(out.Bytes())
	return err
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// demoService is a line of the table.
type demoService struct {
	demo.ServiceReport
	Served demo.RequestCount
	Failed int
}

// writeDemo says what was sent and what to look at, after a run of which
// everything was acknowledged.
func writeDemo(w io.Writer, r demo.Report, o demo.Options) error {
	var services []demoService
	for _, s := range r.Services {
		services = append(services, demoService{s,
			r.Count(demo.Request{Service: s.Name}),
			r.Count(demo.Request{Service: s.Name, Status: http.StatusInternalServerError}).Count})
	}
	host, _, _ := net.SplitHostPort(o.GRPC)
	requests, service, status := telemetry.HTTPRequests.Name, telemetry.Service, telemetry.Status
	return demoText.Execute(w, map[string]any{
		"Report":   r,
		"Services": services,
		"Metrics":  "http://" + net.JoinHostPort(host, portMetrics) + "/metrics",
		"Planted":  r.Planted[0].Parts[0],
		"Charges":  r.Count(demo.Request{Service: demo.Payments, Endpoint: "/charges", Status: http.StatusInternalServerError}).Count,
		"ChargesSeries": fmt.Sprintf(`%s{%s=%q,%s="/charges",%s="500"}`,
			requests, service, demo.Payments, telemetry.Endpoint, status),
		"ErrorRatio": fmt.Sprintf(`sum by (%[2]s) (rate(%[1]s{%[4]s,%[3]s=~"5.."}[5m])) / sum by (%[2]s) (rate(%[1]s{%[4]s}[5m]))`,
			requests, service, status, query.Ours),
		"Percentile": fmt.Sprintf("histogram_quantile(0.95, sum by (%s, %s) (rate(%s{%s}[5m])))",
			service, telemetry.Bucket, telemetry.HTTPRequestDuration.BucketName(), query.Ours),
		"HighErrorRate": "HighErrorRate", "SlowResponseTime": "SlowResponseTime",
		"Payments": demo.Payments, "Checkout": demo.Checkout,
	})
}

// demoText has its table's cells ended by tabs.
var demoText = template.Must(template.New("demo").Parse(`The shop had {{.Report.Visits}} visitors (--seed {{.Report.Seed}} brings them back). The gateway acknowledged all that was sent:

SERVICE	OVER	REQUESTS	STATUS 500	OVER 1 S	SPANS	LOGS	POINTS
{{range .Services -}}
{{.Name}}	{{.Target.Protocol}} {{.Target.Endpoint}}	{{.Served.Count}}	{{.Failed}}	{{.Served.Slow}}	{{with .Acknowledged}}{{.Spans}}	{{.LogRecords}}	{{.MetricPoints}}{{end}}
{{end}}
Wrong on purpose
  {{.Payments}} answers every tenth POST /charges with 500.
  {{.Checkout}} takes 1.5 to 4 s for every tenth POST /orders.
  All three leak personal data and secrets: {{len .Report.Planted}} different ones, all invented.

Look at
  {{.Metrics}}
      {{.ChargesSeries}} went up by {{.Charges}}
  data/traces.jsonl and data/logs.jsonl, where the gateway was started
      [REDACTED:...] stands for all that leaked; this, for one, finds nothing:
      grep -r {{.Planted}} data/

Ask Prometheus, if one scrapes the gateway
  the share of errors
      {{.ErrorRatio}}
  the 95th percentile
      {{.Percentile}}

Alerts, of the rules that readyctl generate writes
  {{.HighErrorRate}} fires for {{.Payments}} and no other service:
      more than 5 % of its requests fail. It takes 5 minutes: --duration 6m
  {{.SlowResponseTime}} fires for {{.Checkout}} and no other service:
      its 95th percentile is above 1 s. It takes 10 minutes: --duration 11m
`))
