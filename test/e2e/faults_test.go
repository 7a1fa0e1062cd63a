package e2e

import (
	"cmp"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"github.com/readygate/readygate/internal/catalog"
)

// faultConfig is what the faults of the gateway itself need, on top of what readyctl
// made: a leak behind scrub in records that ask for it, in front of a tripwire that
// looks at every batch; and an exporter to a backend that stops to accept.
const faultConfig = `
connectors:
  red: {metrics_flush_interval: 100ms}
  business: {metrics_flush_interval: 100ms}
extensions:
  file_storage: {fsync: false}
processors:
  transform/leak:
    log_statements:
      - set(log.attributes["note"], Concat(["jane.doe", "mail.example.com"], "@")) where log.attributes["careless"] == true
  scrub/tripwire: {mode: tripwire, sample_ratio: 1}
exporters:
  otlp_grpc/backend:
    endpoint: ${env:E2E_BACKEND}
    tls: {insecure: true}
    retry_on_failure: {enabled: false}
service:
  telemetry: {logs: {level: info}}
  pipelines:
    logs:
      receivers: [otlp]
      processors: [memory_limiter, scrub, transform/leak, scrub/tripwire]
      exporters: [file/logs, red, otlp_grpc/backend]
`

// world is the gateway with everything around it.
type world struct {
	gateway *gateway
	conn    *grpc.ClientConn
	backend *backend
	engine  *engine
	pages   *pages
	clock   clock
	at      time.Time
	counted map[string]float64
	// out is where readyctl wrote what it generated.
	out string
}

// episode is an alert about a service; without one it is about the fleet.
type episode struct{ service, alert string }

func newWorld(t *testing.T) *world {
	out := t.TempDir()
	runOK(t, program(t, "READYCTL"), "generate", "--services", "testdata/faults.yaml", "--out", out)
	overlay, err := os.ReadFile(filepath.Join(out, "gateway.yaml"))
	require.NoError(t, err)
	w := &world{
		backend: newBackend(t), engine: newEngine(t, generated(t, out)...), pages: newPages(t),
		at: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC), counted: make(map[string]float64), out: out,
	}
	t.Setenv("E2E_BACKEND", w.backend.address)
	w.gateway = start(t, string(overlay), faultConfig)
	w.conn = dial(t, w.gateway.grpc)
	return w
}

func (w *world) catalog(t *testing.T) catalog.Catalog {
	c, err := catalog.Load("testdata/faults.yaml")
	require.NoError(t, err)
	return c
}

// run lets time pass in steps. It returns after how long alerts first fired.
func (w *world) run(t *testing.T, p phase, lasting, pace time.Duration) map[episode]time.Duration {
	began := make(map[episode]time.Duration)
	w.backend.refuses.Store(p == broken)
	begin := w.at
	for w.at.Before(begin.Add(lasting)) {
		w.at = w.at.Add(pace)
		w.step(t, step{w.at, pace, p})
		for _, e := range w.firing(t) {
			if _, before := began[e]; !before {
				began[e] = w.at.Sub(begin)
			}
		}
	}
	return began
}

// In steps that are longer, Prometheus scrapes and evaluates this often.
const (
	scrapesEach     = 150 * time.Second
	evaluationsEach = 5 * time.Minute
)

func (w *world) step(t *testing.T, s step) {
	w.clock.tick(s)
	w.pages.advance(s)
	traffic := newTraffic(s, w.counted)
	traffic.happen()
	derived := traffic.send(t, w.conn, func() []sample { return scrape(t, w.gateway.derived().url) })
	shown := map[target][]sample{
		w.gateway.derived(): w.clock.moved(derived),
		w.gateway.own():     w.gateway.own().read(t),
	}
	for _, from := range w.pages.targets() {
		shown[from] = from.read(t)
	}
	if s.took > evaluationsEach {
		for from, page := range shown {
			w.engine.fill(t, from, page, s.at, scrapesEach)
		}
		for at := s.at.Add(evaluationsEach - s.took); at.Before(s.at); at = at.Add(evaluationsEach) {
			w.engine.evaluate(t, at)
		}
	}
	for from, page := range shown {
		w.engine.store(t, from, page, s.at)
	}
	w.engine.evaluate(t, s.at)
}

// firing are the alerts that fire, sorted.
func (w *world) firing(t *testing.T) []episode {
	var all []episode
	for alert, services := range w.engine.firing(t, w.at) {
		for _, service := range services {
			all = append(all, episode{service, alert})
		}
	}
	return sorted(slices.Values(all))
}

func sorted(all iter.Seq[episode]) []episode {
	return slices.Compact(slices.SortedFunc(all, func(a, b episode) int {
		return cmp.Or(cmp.Compare(a.service, b.service), cmp.Compare(a.alert, b.alert))
	}))
}

// The whole of it: every service well for days, then each with a fault of its own, at
// once, then well again. Requests, jobs, orders, logs and levels go through the gateway
// as it is configured by what readyctl made of the services file; Prometheus' engine
// scrapes what the gateway shows, and what others show, and evaluates what readyctl
// made. Time is virtual, 30 seconds from one scrape to the next; on the days before,
// traffic is even, and each hour goes through the gateway at once.
func TestEachFaultAlertsAndNothingElseDoes(t *testing.T) {
	expected := faults(t, "testdata/faults.txt")
	w := newWorld(t)
	w.run(t, history, 50*time.Hour, time.Hour)

	began := w.run(t, healthy, time.Hour, pace)
	require.Equal(t, []episode{{alert: "Watchdog"}}, sorted(maps.Keys(began)), "the healthy hour: %v", began)

	began = w.run(t, broken, 75*time.Minute, pace)
	require.Empty(t, compare(expected, began))
	require.Equal(t, sorted(maps.Keys(expected)), w.firing(t), "what began fires as long as the fault is there")

	panels, empty := answers(t, w.engine, w.catalog(t), w.at)
	require.NotEmpty(t, panels)
	require.ElementsMatch(t, silent(t, "testdata/panels.txt"), empty)
	pictures(t, w, 3*time.Hour)

	began = w.run(t, mended, 150*time.Minute, 2*time.Minute)
	maps.DeleteFunc(began, func(e episode, _ time.Duration) bool { _, listed := expected[e]; return listed })
	require.Empty(t, began, "what is mended makes no other alert")
	maps.DeleteFunc(expected, func(_ episode, x expectation) bool { return !x.stays })
	require.Equal(t, sorted(maps.Keys(expected)), w.firing(t), "what was mended is over")
}
