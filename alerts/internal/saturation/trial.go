package saturation

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// hair is how far a trial is from a threshold.
const hair = rule.Hair

// with is a copy of the labels with more of them, as name, value, ...
func with(labels map[string]string, pairs ...string) map[string]string {
	all := maps.Clone(labels)
	for i := 0; i < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	return all
}

// box is a container as Prometheus sees it, and the identity that its alerts have.
type box struct{ labels, identity map[string]string }

// containerOf is a container of a service: of its workload, or called like it. Then
// nothing tells namespace and environment; services that differ in these alone are in
// namespaces of Kubernetes of their own here.
func containerOf(s *catalog.Service, id map[string]string) box {
	name := id[telemetry.Service]
	namespace, pod, container := "apps"+id[telemetry.ServiceNamespace]+id[telemetry.Environment], name+"-6d4cf56db6-x2x4z", name
	identity := map[string]string{telemetry.Service: name}
	if s != nil {
		identity = declared(*s)
	}
	if s != nil && s.Workload != nil {
		w := *s.Workload
		namespace, container = w.Namespace, "app"
		pod = w.Name + map[string]string{"deployment": "-6d4cf56db6-x2x4z", "statefulset": "-10", "daemonset": "-x2x4z"}[w.Kind]
		if w.Container != "" {
			container = w.Container
		}
	}
	return box{map[string]string{telemetry.KubeNamespace: namespace, telemetry.KubePod: pod, telemetry.KubeContainer: container}, identity}
}

// on are the labels of the container's series on a page of the kubelet, of one life.
func (b box) on(page, life string) map[string]string {
	return with(b.labels, "metrics_path", page, "id", life, "image", "example.org/app:1", telemetry.Job, "kubelet", telemetry.Instance, "192.0.2.1:10250")
}

func (b box) limit(resource, unit string, limit float64) rule.Signal {
	return rule.Level(telemetry.ContainerLimits.Name, limit, with(b.labels, telemetry.ContainerResource, resource, "unit", unit, telemetry.Job, "kube-state-metrics"))
}

// cpu is a container that uses so much of its CPU limit, at work that never changes;
// at 0 the limit is 0, as nothing should have it. The kubelet tells it by CPU, and
// again, a little less, on its other page.
func (b box) cpu(ratio float64) []rule.Signal {
	const used = 1.5
	limit := 0.0
	if ratio > 0 {
		limit = used / ratio
	}
	usage := func(labels map[string]string, rate float64) rule.Signal {
		return rule.Count(telemetry.ContainerCPU.Name, rate, labels)
	}
	return []rule.Signal{
		usage(with(b.on("/metrics/cadvisor", "1"), "cpu", "cpu00"), used/2),
		usage(with(b.on("/metrics/cadvisor", "1"), "cpu", "cpu01"), used/2),
		usage(with(b.on("/metrics/resource", ""), "image", ""), used*0.95),
		usage(with(b.on("/metrics/cadvisor", "0"), telemetry.KubeContainer, "POD"), 10*used), // what holds the network
		usage(with(b.on("/metrics/cadvisor", "0"), telemetry.KubeContainer, ""), 10*used),    // the pod as a whole
		b.limit("cpu", "core", limit), b.limit("memory", "byte", 1<<30),
	}
}

// memory is a container that uses so much of its memory limit; at 0, the limit is 0.
func (b box) memory(ratio float64) []rule.Signal {
	const limit = 1 << 30
	if ratio == 0 {
		return b.bytes(limit, 0, 0)
	}
	return b.bytes(ratio*limit, 0, limit)
}

// bytes is a container that uses so much memory, growing by slope each second. What
// it used in its last life is still told for a while.
func (b box) bytes(used, slope, limit float64) []rule.Signal {
	memory := func(labels map[string]string, used, slope float64) rule.Signal {
		return rule.Signal{Metric: telemetry.ContainerMemory.Name, Labels: labels, Level: used, Slope: slope, Gauge: true}
	}
	return []rule.Signal{
		memory(b.on("/metrics/cadvisor", "2"), used, slope),
		memory(b.on("/metrics/cadvisor", "1"), used/2, 0),
		memory(with(b.on("/metrics/cadvisor", "0"), telemetry.KubeContainer, ""), used, slope),
		b.limit("memory", "byte", limit), b.limit("cpu", "core", 1),
	}
}

// restarts is a container that is started again so often a second, for a reason.
func (b box) restarts(rate float64, reason string) []rule.Signal {
	scraped := with(b.labels, telemetry.Job, "kube-state-metrics")
	return []rule.Signal{
		rule.Count(telemetry.ContainerRestarts.Name, rate, scraped),
		rule.Level(telemetry.ContainerLastTerminated.Name, 1, with(scraped, telemetry.ContainerReason, reason)),
		rule.Level(telemetry.ContainerLastTerminated.Name, 0, with(scraped, telemetry.ContainerReason, "Completed")),
	}
}

// pool is the name of a pool in trials.
const pool = "orders"

// process is an instance of a service as Prometheus sees it: it pushes to a gateway,
// and Prometheus scrapes that without honor_labels. Identity is what its alerts have.
type process struct {
	id, labels, identity map[string]string
	instance             string
}

func processOf(id map[string]string) process {
	job := id[telemetry.Service]
	if namespace := id[telemetry.ServiceNamespace]; namespace != "" {
		job = namespace + "/" + job
	}
	identity := maps.Clone(id)
	instance := id[telemetry.Environment] + "-0" // instances have different names in different environments
	// A name with a slash and without a namespace cannot be told from one with.
	if namespace, name, found := strings.Cut(job, "/"); found && namespace != "" && name != "" {
		identity[telemetry.ServiceNamespace], identity[telemetry.Service] = namespace, name
	}
	return process{id, map[string]string{telemetry.Job: "gateways", telemetry.Instance: "192.0.2.1:9464",
		telemetry.ExportedJob: job, telemetry.ExportedInstance: instance}, identity, instance}
}

// calm are labels of another instance, which Prometheus scrapes itself.
func (p process) calm() map[string]string {
	return map[string]string{telemetry.Job: p.labels[telemetry.ExportedJob], telemetry.Instance: p.instance + ":8080"}
}

// info is what the instances tell about themselves: one by the older convention.
func (p process) info() []rule.Signal {
	environment := p.id[telemetry.Environment]
	if environment == "" {
		return p.twice(rule.Level(telemetry.TargetEnvironment.Name, 1, p.labels))
	}
	return p.twice(
		rule.Level(telemetry.TargetEnvironment.Name, 1, with(p.labels, telemetry.TargetEnvironmentName, environment)),
		rule.Level(telemetry.TargetEnvironment.Name, 1, with(p.calm(), telemetry.OldTargetEnvironment, environment)),
	)
}

// twice are the signals, each of them told by two: what is pushed by a second gateway,
// from which the instance has just moved away, and what is scraped by a second job of
// Prometheus, which adds the environment.
func (p process) twice(signals ...rule.Signal) []rule.Signal {
	all := slices.Clone(signals)
	for _, s := range signals {
		switch {
		case s.Labels[telemetry.ExportedJob] != "":
			s.Labels = with(s.Labels, telemetry.Instance, "192.0.2.2:9464")
		case p.id[telemetry.Environment] != "":
			s.Labels = with(s.Labels, telemetry.Environment, p.id[telemetry.Environment])
		default:
			continue
		}
		all = append(all, s)
	}
	return all
}

// most is how many files or connections are allowed in trials: so many that one is
// nothing.
const most = 1e6

// share is so much of what is allowed; at 0 nothing is allowed, and one in use.
func share(ratio float64) (used, allowed float64) {
	if ratio == 0 {
		return 1, 0
	}
	return ratio * most, most
}

// files are open files in those allowed.
func (p process) files(ratio float64) []rule.Signal {
	open, allowed := share(ratio)
	return append(p.info(), p.twice(
		rule.Level(telemetry.OpenFiles.Name, open, p.labels), rule.Level(telemetry.MaxFiles.Name, allowed, p.labels),
		rule.Level(telemetry.OpenFiles.Name, 1, p.calm()), rule.Level(telemetry.MaxFiles.Name, allowed, p.calm()))...)
}

// pools are connections in use in those allowed, of an instance that tells by newer
// and older conventions, and of one that tells by the older.
func (p process) pools(ratio float64) []rule.Signal {
	used, allowed := share(ratio)
	all := []rule.Signal{
		rule.Level(telemetry.DBConnections.Name, used, with(p.labels, telemetry.DBPoolName, pool, telemetry.DBState, "used")),
		rule.Level(telemetry.DBConnections.Name, 10*most, with(p.labels, telemetry.DBPoolName, pool, telemetry.DBState, "idle")),
		rule.Level(telemetry.DBConnectionsMax.Name, allowed, with(p.labels, telemetry.DBPoolName, pool)),
	}
	for _, labels := range []map[string]string{p.labels, p.calm()} {
		all = append(all,
			rule.Level(telemetry.OldDBConnections.Name, used/2, with(labels, telemetry.OldDBPoolName, pool, telemetry.OldDBState, "used")),
			rule.Level(telemetry.OldDBConnections.Name, 10*most, with(labels, telemetry.OldDBPoolName, pool, telemetry.OldDBState, "idle")),
			rule.Level(telemetry.OldDBConnectionsMax.Name, allowed, with(labels, telemetry.OldDBPoolName, pool)))
	}
	return append(p.info(), p.twice(all...)...)
}

// used are connections in use by two instances, one of which uses next to none.
func (p process) used(connections float64) []rule.Signal {
	const few = 0.001
	return append(p.info(), p.twice(
		rule.Level(telemetry.DBConnections.Name, few, with(p.labels, telemetry.DBPoolName, pool, telemetry.DBState, "used")),
		rule.Level(telemetry.OldDBConnections.Name, connections-few, with(p.calm(), telemetry.OldDBPoolName, pool, telemetry.OldDBState, "used")))...)
}

// released is the newest version of the service, first heard of so many seconds ago
// in a phase that begins at a time, and all the while.
func (p process) released(begins time.Duration, age float64) rule.Signal {
	return rule.Signal{Metric: telemetry.VersionFirstSeen.Name, Level: begins.Seconds() - age, Slope: 1, Gauge: true,
		Labels: with(p.identity, telemetry.GatewayInstance, "gateway-0", telemetry.Version, "2.0.0")}
}
