package dashboards

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"github.com/readygate/readygate/alerts"
	"github.com/readygate/readygate/internal/catalog"
	promql "github.com/readygate/readygate/internal/query"
	"github.com/readygate/readygate/internal/telemetry"
)

// Dashboard is a dashboard and the name of its file, without an ending.
type Dashboard struct {
	Name string
	dashboard.Dashboard
}

// overall are the dashboards over all services, in the order of the reference.
var overall = []func(view) board{readiness, red, slo, saturation, work, business, release, recovery, gateway, quality}

// Generate makes the dashboards of a catalog: those over all services, and one for
// each declared service. Each passes [Lint]. An error is a defect of this package,
// never of the catalog.
func Generate(c catalog.Catalog) ([]Dashboard, error) {
	var (
		n      = len(overall) + len(c.Services)
		all    = make([]Dashboard, n)
		errs   = make([]error, n)
		known  = produced(c)
		making sync.WaitGroup // hundreds of services have thousands of panels
	)
	add := func(i int, write func(view) board, v view) {
		making.Go(func() {
			b := write(v)
			d, err := b.build(v)
			if err == nil {
				err = lint(d, known)
			}
			all[i], errs[i] = Dashboard{fileName(b, v), d}, err
		})
	}
	for i, write := range overall {
		add(i, write, view{catalog: c})
	}
	for i, s := range c.Services {
		add(len(overall)+i, service, view{c, &s})
	}
	making.Wait()
	return all, errors.Join(errs...)
}

// external are metrics of others that no rule reads, and only dashboards show.
var external = append(telemetry.LimiterMetrics(),
	telemetry.ContainerThrottled, telemetry.ContainerPeriods, telemetry.ContainerRSS,
	telemetry.Goroutines, telemetry.JVMThreads, telemetry.MicrometerThreads,
	telemetry.DiskReadBytes, telemetry.DiskWrittenBytes,
	telemetry.DBConnectionsPending, telemetry.OldDBConnectionsPending,
	telemetry.DBConnectionCreate, telemetry.OldDBConnectionCreate,
	telemetry.RuleGroupDuration, telemetry.RuleGroupInterval,
)

// produced are the series that dashboards of a catalog may show. What is recorded of
// declared things only, such as queues, is among them where none is declared: the
// dashboard over all services then says that none is.
func produced(c catalog.Catalog) promql.Series {
	known := alerts.Series(oneOfEach)
	maps.Copy(known, alerts.Series(c))
	for _, s := range c.Services {
		for _, b := range s.Business {
			if _, ours := known[b.Metric]; !ours {
				known[b.Metric] = nil // with whatever labels the services file gives it
			}
		}
	}
	for _, m := range external {
		for _, name := range m.Series() {
			known[name] = m.Labels
		}
		if m.Kind == telemetry.Histogram && m.Labels != nil {
			known[m.BucketName()] = append(slices.Clone(m.Labels), telemetry.Bucket)
		}
	}
	return known
}

// oneOfEach declares one of each thing of which something is recorded.
var oneOfEach = catalog.Catalog{Services: []catalog.Service{{
	Name:      "example",
	Policy:    catalog.DefaultPolicy(""),
	Metrics:   catalog.Source{Profile: catalog.ProfileReadygate, ScrapeJob: "example"},
	Workload:  &catalog.Workload{Namespace: "example", Kind: "deployment", Name: "example"},
	Endpoints: []catalog.Endpoint{{Name: "example", URL: "https://example.com/", Public: true}},
	Jobs:      []catalog.Job{{Name: "example", Every: time.Hour}},
	Queues:    []catalog.Queue{{Name: "example", Depth: "example_depth"}},
	Business: []catalog.BusinessMetric{
		{Name: "orders", Role: catalog.RoleOrders, Metric: "orders_total"},
		{Name: "revenue", Role: catalog.RoleRevenue, Metric: "revenue_total"},
		{Name: "signups", Role: catalog.RoleSignups, Metric: "signups_total"},
		{Name: "visits", Role: catalog.RoleVisits, Metric: "visits_total"},
		{Name: "users", Role: catalog.RoleActiveUsers, Metric: "users", Gauge: true},
	},
	Backups: []catalog.Backup{{
		Name: "example", Success: catalog.Evidence{Metric: "example_backup"}, RPO: time.Hour, Every: time.Hour, Retention: 30,
		Oldest: catalog.Evidence{Metric: "example_oldest"}, Drill: catalog.Evidence{CronJob: "example/drill"}, DrillEvery: 30, RTO: time.Hour,
	}},
	Secrets: []catalog.Secret{{Name: "example", Metric: "example_rotated", MaxAge: 90}},
}}}

// fileName is the uid without what all have; of a service, it begins with its name.
func fileName(b board, v view) string {
	name := strings.TrimPrefix(b.uid, tag+"-")
	if v.service == nil {
		return name
	}
	readable := strings.Trim(unreadable.ReplaceAllString(strings.ToLower(v.service.Name), "-"), "-")
	hash := strings.TrimPrefix(name, "service-")
	return "service-" + readable[:min(40, len(readable))] + "-" + hash[:6]
}

// unreadable is what stands in no name of a file.
var unreadable = regexp.MustCompile(`[^a-z0-9]+`)

// serviceUID is the uid of the dashboard of one entry of the services file: Grafana
// allows 40 characters, and names of services may be longer and have any.
func serviceUID(s catalog.Service) string {
	sum := sha256.Sum256([]byte(strings.Join(append([]string{s.Name, s.Namespace}, s.Environments...), "\x00")))
	return tag + "-service-" + hex.EncodeToString(sum[:8])
}
