package e2e

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// pages are those of programs that Prometheus scrapes itself: services with metrics
// of their own, a broker, Kubernetes, machines, probes, backups, Prometheus.
type pages struct {
	server *httptest.Server
	mu     sync.Mutex
	all    map[target]map[string]float64
	down   map[string]bool // by instance
}

func newPages(t *testing.T) *pages {
	p := &pages{all: make(map[target]map[string]float64), down: make(map[string]bool)}
	p.server = httptest.NewServer(p)
	t.Cleanup(p.server.Close)
	return p
}

// page is that of an instance of a job.
func (p *pages) page(job, instance string) map[string]float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	from := target{job, instance, fmt.Sprintf("%s/%x", p.server.URL, instance)}
	if p.all[from] == nil {
		p.all[from] = make(map[string]float64)
	}
	return p.all[from]
}

func (p *pages) targets() []target {
	return slices.SortedFunc(maps.Keys(p.all), func(a, b target) int { return strings.Compare(a.url, b.url) })
}

// ServeHTTP shows a page. A program that is down does not.
func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for from, page := range p.all {
		if from.url != p.server.URL+r.URL.Path {
			continue
		}
		if p.down[from.instance] {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		for _, series := range slices.Sorted(maps.Keys(page)) {
			fmt.Fprintf(w, "%s %g\n", series, page[series])
		}
	}
}

// advance brings the pages to the end of a step.
func (p *pages) advance(s step) {
	seconds := s.took.Seconds()
	for job, instances := range map[string][]string{
		"scraped": {"192.0.2.1:8080"},
		"halved":  {"192.0.2.2:8080", "192.0.2.3:8080"},
	} {
		for _, instance := range instances {
			page := p.page(job, instance)
			page[`http_requests_total{method="GET",path="/",status="200"}`] += seconds / 2
			page[`http_requests_total{method="GET",path="/",status="500"}`] += 0
			for _, le := range []string{"0.1", "1.0", "2.5", "+Inf"} {
				page[fmt.Sprintf(`http_request_duration_seconds_bucket{method="GET",path="/",le=%q}`, le)] += seconds / 2
			}
		}
	}
	process := p.page("halved", "192.0.2.2:8080")
	process["process_open_fds"], process["process_max_fds"], process["go_goroutines"] = 40, 1024, 12
	p.mu.Lock()
	p.down["192.0.2.1:8080"], p.down["192.0.2.3:8080"] = s.phase == broken, s.phase == broken
	p.mu.Unlock()

	// What waits goes up and down; in trouble it goes up, by a message in 6 seconds.
	broker := p.page("rabbitmq", "192.0.2.10:15692")
	const mail = `rabbitmq_queue_messages_ready{queue="mail",vhost="/"}`
	if broker[mail] += seconds / 6; s.phase != broken {
		broker[mail] = float64(s.at.Unix() / 30 % 20)
	}

	kubelet, state := p.page("cadvisor", "192.0.2.20:10250"), p.page("kube-state-metrics", "192.0.2.21:8080")
	for _, name := range []string{"busy", "restarting"} {
		container := fmt.Sprintf(`namespace="shop",pod="%s-6d4cf56db6-x7k2p",container=%q`, name, name)
		used := 0.2
		if name == "busy" {
			used = or(s, used, 0.97)
		}
		kubelet["container_cpu_usage_seconds_total{"+container+"}"] += used * seconds
		kubelet["container_memory_working_set_bytes{"+container+"}"] = 5e8
		kubelet["container_memory_rss{"+container+"}"] = 4e8
		kubelet["container_cpu_cfs_periods_total{"+container+"}"] += 10 * seconds
		kubelet["container_cpu_cfs_throttled_periods_total{"+container+"}"] += seconds / 10
		state["kube_pod_container_resource_limits{"+container+`,resource="cpu",unit="core"}`] = 1
		state["kube_pod_container_resource_limits{"+container+`,resource="memory",unit="byte"}`] = 1e9
		restarts := "kube_pod_container_status_restarts_total{" + container + "}"
		state[restarts] += 0
		if name == "restarting" {
			state[restarts] += or(s, 0, seconds/300)
		}
	}

	machine := p.page("node", "192.0.2.30:9100")
	machine[`node_disk_io_time_seconds_total{device="nvme0n1"}`] += or(s, 0.1, 0.99) * seconds
	machine[`node_disk_read_bytes_total{device="nvme0n1"}`] += 1e5 * seconds
	machine[`node_disk_written_bytes_total{device="nvme0n1"}`] += 2e5 * seconds
	machine[`node_filesystem_size_bytes{device="/dev/nvme0n1p1",fstype="ext4",mountpoint="/"}`] = 1e11
	machine[`node_filesystem_avail_bytes{device="/dev/nvme0n1p1",fstype="ext4",mountpoint="/"}`] = 6e10
	machine[`node_filesystem_readonly{device="/dev/nvme0n1p1",fstype="ext4",mountpoint="/"}`] = 0
	machine[`node_network_speed_bytes{device="eth0"}`] = 1.25e9
	for _, direction := range []string{"receive", "transmit"} {
		machine[`node_network_`+direction+`_bytes_total{device="eth0"}`] += 1e6 * seconds
		machine[`node_network_`+direction+`_packets_total{device="eth0"}`] += 1e3 * seconds
		machine[`node_network_`+direction+`_errs_total{device="eth0"}`] += 0
		machine[`node_network_`+direction+`_drop_total{device="eth0"}`] += 0
	}

	now := float64(s.at.Unix())
	probe := p.page("blackbox", "https://shop.example.com/")
	probe["probe_success"] = 1
	probe["probe_ssl_earliest_cert_expiry"] = now + or(s, 60.0, 10)*24*time.Hour.Seconds()

	// A backup each minute; in trouble there is none.
	backups := p.page("backups", "192.0.2.40:9091")
	if s.phase != broken {
		backups[`backup_last_success_timestamp_seconds{data="ledger"}`] = now
	}

	shop := p.page("shop", "192.0.2.60:8080")
	shop["shop_visits_total"] += seconds
	shop["shop_signups_total"] += seconds / 10
	shop[`shop_feature_usage_total{feature="search"}`] += seconds / 2
	shop["shop_active_users"] = 200

	watcher := p.page("prometheus", "192.0.2.50:9090")
	watcher[`prometheus_rule_group_last_duration_seconds{rule_group="shop"}`] = 0.2
	watcher[`prometheus_rule_group_interval_seconds{rule_group="shop"}`] = 30
	watcher[`prometheus_rule_evaluation_failures_total{rule_group="shop"}`] += or(s, 0, seconds/60)
	teller := p.page("alertmanager", "192.0.2.51:9093")
	teller[`alertmanager_notifications_total{integration="webhook"}`] += seconds / 60
	teller[`alertmanager_notifications_failed_total{integration="webhook",reason="other"}`] += 0
}
