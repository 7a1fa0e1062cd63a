package dashboards

import (
	"fmt"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

func saturation(v view) board {
	return board{
		uid: saturationUID, title: titles[saturationUID], from: "now-6h",
		description: "Utilization, saturation and errors of what services run on: what is full, or will be?",
		filters:     v.serviceFilters(false), annotated: true,
		rows: saturationRows(v),
	}
}

// Lines of what is used.
var (
	cpuLine = line{alert: "HighCPUUsage", of: telemetry.RecordedServiceCPURatio,
		at: func(p catalog.Policy) float64 { return p.Thresholds.CPURatio }}
	memoryLine = line{alert: "HighMemoryUsage", of: telemetry.RecordedServiceMemoryRatio,
		at: func(p catalog.Policy) float64 { return p.Thresholds.MemoryRatio }}
	filesLine = line{alert: "FileDescriptorsExhausting", of: telemetry.RecordedServiceFiles,
		at: func(p catalog.Policy) float64 { return p.Thresholds.FDRatio }}
	restartsLine = line{alert: "ContainerRestarting", of: telemetry.RecordedServiceRestarts,
		at: func(p catalog.Policy) float64 { return p.Thresholds.Restarts }}
	// The numbers of these two alerts are not the services file's; a test holds them to
	// the rules.
	leakLine        = line{alert: "MemoryLeakSuspected", at: fixed(1.5)}
	networkBusyLine = line{alert: "NetworkSaturated", at: fixed(0.9)}
	// Machines are nobody's own: they have the default's numbers.
	diskBusyLine     = line{alert: "DiskIOSaturated", at: func(p catalog.Policy) float64 { return p.Thresholds.DiskIORatio }}
	diskFreeLine     = line{alert: "DiskWillFill", at: func(p catalog.Policy) float64 { return p.Thresholds.DiskFree }, floor: true}
	networkErrorLine = line{alert: "NetworkErrors", at: func(p catalog.Policy) float64 { return p.Thresholds.NetworkRatio }}
)

// What emptiness means.
const (
	noContainers = "No containers with limits: cAdvisor or kube-state-metrics is not scraped, or nothing runs in Kubernetes"
	noProcesses  = "No service tells about its processes"
	noMachines   = "No machine is scraped: the node exporter is missing"
)

// Legends of containers, processes and devices.
const (
	byContainer = "{{" + telemetry.KubeContainer + "}} {{" + telemetry.KubePod + "}}"
	byProcess   = byIdentity + " {{" + telemetry.Instance + "}}"
	byDevice    = "{{" + telemetry.Instance + "}} {{" + telemetry.Device + "}}"
)

// saturationRows have the ids 2000 to 2999.
func saturationRows(v view) []row {
	var (
		cpu      = v.declared(telemetry.RecordedServiceCPURatio)
		memory   = v.declared(telemetry.RecordedServiceMemoryRatio)
		files    = v.declared(telemetry.RecordedServiceFiles)
		restarts = v.declared(telemetry.RecordedServiceRestarts)
	)
	rows := []row{
		{id: 2100, title: "Now", height: 4, panels: []panel{
			{id: 2101, kind: stat, width: 6, title: "CPU of the busiest container", unit: units.PercentUnit, empty: noContainers,
				description: "Share of its CPU limit that the busiest container used over the last 5 minutes.",
				checks:      []string{"PR-097"}, lines: []line{cpuLine},
				queries: []query{{legend: "CPU", expr: "max(" + cpu + ")", instant: true}}},
			{id: 2102, kind: stat, width: 6, title: "Memory of the fullest container", unit: units.PercentUnit, empty: noContainers,
				description: "Share of its memory limit that the fullest container needs. At the limit the kernel kills it.",
				checks:      []string{"PR-097"}, lines: []line{memoryLine},
				queries: []query{{legend: "memory", expr: "max(" + memory + ")", instant: true}}},
			{id: 2103, kind: stat, width: 6, title: "Open files of the fullest process", unit: units.PercentUnit, empty: noProcesses,
				description: "Share of the file descriptors that a process may open. At the limit it cannot accept connections.",
				checks:      []string{"PR-097"}, lines: []line{filesLine},
				queries: []query{{legend: "open files", expr: "max(" + files + ")", instant: true}}},
			{id: 2104, kind: stat, width: 6, title: "Restarts of one container in an hour", unit: units.Short, empty: noContainers,
				description: "How often the container that restarted most was started again in the last hour.",
				checks:      []string{"PR-098"}, lines: []line{restartsLine},
				queries: []query{{legend: "restarts", expr: "max(" + restarts + ")", instant: true}}},
		}},
		{id: 2200, title: "CPU", height: 8, panels: []panel{
			{id: 2201, kind: timeSeries, width: 12, title: "CPU in its limit, top 10", unit: units.PercentUnit, empty: noContainers,
				description: "CPU time of each container in its limit. Above the limit it is stopped for parts of each tenth of a second.",
				checks:      []string{"PR-097"}, lines: []line{cpuLine}, drill: redUID,
				queries: []query{{legend: byContainer, expr: "topk(10, " + cpu + ")"}}},
			{id: 2202, kind: timeSeries, width: 12, title: "Throttled periods, top 10", unit: units.PercentUnit, most: 1,
				empty:       "No container has a CPU limit",
				description: "Share of the periods in which a container was stopped because it had used its share of CPU up. The checklist's bar is 5 %: raise the limit, or make it do less at once.",
				checks:      []string{"PR-097"}, lines: []line{{at: fixed(normalThrottling), color: caution}}, drill: redUID,
				queries: []query{{legend: byContainer, expr: throttled(v)}}},
		}},
		{id: 2300, title: "Memory", height: 8, panels: []panel{
			{id: 2301, kind: timeSeries, width: 8, title: "Memory in its limit, top 10", unit: units.PercentUnit, empty: noContainers,
				description: "Memory that each container needs, in its limit. At the limit the kernel kills it.",
				checks:      []string{"PR-097"}, lines: []line{memoryLine}, drill: redUID,
				queries: []query{{legend: byContainer, expr: "topk(10, " + memory + ")"}}},
			{id: 2302, kind: timeSeries, width: 8, title: "Working set and RSS, top 5", unit: units.BytesIEC, empty: "No container is known: cAdvisor is not scraped",
				description: "Memory that containers need, and that part of it which no file is behind. Caches are in the first only.",
				checks:      []string{"PR-098"}, drill: redUID,
				queries: []query{
					{legend: "working set " + byContainer, expr: "topk(5, " + v.declared(telemetry.RecordedServiceMemory) + ")"},
					{legend: "RSS " + byContainer, expr: "topk(5, " + v.ofContainers(telemetry.ContainerRSS.Name) + ")"},
				}},
			{id: 2303, kind: timeSeries, width: 8, title: "Growth of memory in 12 hours, top 10", unit: units.Short, empty: "No container is older than three hours",
				description: "How many times its memory of now a container will need in 12 hours, if the last 3 hours go on. 1 is no growth.",
				checks:      []string{"PR-098"}, lines: []line{leakLine}, drill: redUID,
				queries: []query{{legend: byContainer, expr: "topk(10, " + v.declared(telemetry.RecordedServiceMemoryGrowth) + ")"}}},
		}},
		{id: 2400, title: "Processes", height: 8, panels: []panel{
			{id: 2401, kind: timeSeries, width: 8, title: "Restarts in an hour, top 10", unit: units.Short, empty: noContainers,
				description: "How often containers were started again. kubectl logs --previous has their last words.",
				checks:      []string{"PR-098"}, lines: []line{restartsLine}, drill: redUID, links: []link{logsOf},
				queries: []query{{legend: byContainer, expr: "topk(10, " + restarts + ")"}}},
			{id: 2402, kind: timeSeries, width: 8, title: "Open files in their limit, top 10", unit: units.PercentUnit, empty: noProcesses,
				description: "Open file descriptors of each process, in those it may open. What grows all the time is not closed.",
				checks:      []string{"PR-097"}, lines: []line{filesLine}, drill: redUID,
				queries: []query{{legend: byProcess, expr: "topk(10, " + files + ")"}}},
			{id: 2403, kind: timeSeries, width: 8, title: "Goroutines and threads, top 10", unit: units.Short,
				empty:       "No service tells of goroutines or threads",
				description: "Goroutines of processes in Go, threads of Java virtual machines. What only grows is work that waits for something, or a leak.",
				checks:      []string{"PR-098"}, drill: redUID,
				queries: []query{{legend: byProcess, expr: threads(v)}}},
		}},
	}
	if v.service != nil {
		return rows // machines are no service's own
	}
	return append(rows, machineRows()...)
}

// normalThrottling is the checklist's bar: throttled periods below 5 %.
const normalThrottling = 0.05

func machineRows() []row {
	rates := func(word string, m telemetry.Metric) query {
		return query{legend: word + " " + byDevice, expr: fmt.Sprintf("topk(5, max by (%s, %s) (%s) > 0)",
			telemetry.Instance, telemetry.Device, rate(m.Name))}
	}
	return []row{
		{id: 2500, title: "Disks of machines", height: 8, folded: true, panels: []panel{
			{id: 2501, kind: timeSeries, width: 8, title: "Time in which disks were busy, top 10", unit: units.PercentUnit, most: 1, empty: noMachines,
				description: "Share of the time in which a disk had something to do. One that does many things at a time may still have room.",
				checks:      []string{"PR-097"}, lines: []line{diskBusyLine},
				queries: []query{{legend: byDevice, expr: "topk(10, " + telemetry.RecordedDiskBusy + ")"}}},
			{id: 2502, kind: timeSeries, width: 8, title: "Bytes read and written, top 5 each", unit: units.BytesPerSecondSI, empty: noMachines,
				description: "What disks read and write.",
				checks:      []string{"PR-097"},
				queries:     []query{rates("read", telemetry.DiskReadBytes), rates("written", telemetry.DiskWrittenBytes)}},
			{id: 2503, kind: timeSeries, width: 8, title: "Free space, least 10", unit: units.PercentUnit, most: 1, empty: noMachines,
				description: "Share of each file system that is free. The alert fires below the line only if it will be full within a day.",
				checks:      []string{"PR-097"}, lines: []line{diskFreeLine},
				queries: []query{{legend: "{{" + telemetry.Instance + "}} {{" + telemetry.Mountpoint + "}}", expr: "bottomk(10, " + telemetry.RecordedDiskFree + ")"}}},
		}},
		{id: 2600, title: "Networks of machines", height: 8, folded: true, panels: []panel{
			{id: 2601, kind: timeSeries, width: 8, title: "Use of interfaces, top 10", unit: units.PercentUnit, empty: "No interface tells its speed",
				description: "Bytes that an interface moves in the busier direction, in its speed.",
				checks:      []string{"PR-097"}, lines: []line{networkBusyLine},
				queries: []query{{legend: byDevice, expr: "topk(10, " + telemetry.RecordedNetworkBusy + ")"}}},
			{id: 2602, kind: timeSeries, width: 8, title: "Bytes received and sent, top 5 each", unit: units.BytesPerSecondSI, empty: noMachines,
				description: "What interfaces move.",
				checks:      []string{"PR-097"},
				queries:     []query{rates("received", telemetry.NetworkReceivedBytes), rates("sent", telemetry.NetworkSentBytes)}},
			{id: 2603, kind: timeSeries, width: 8, title: "Packets with errors or dropped, top 10", unit: units.PercentUnit, empty: "No packets",
				description: "Share of packets that arrived damaged, could not be sent or were dropped. Of fewer than 10 packets per second no alert is made.",
				checks:      []string{"PR-097"}, lines: []line{networkErrorLine},
				queries: []query{{legend: byDevice, expr: "topk(10, " + telemetry.RecordedNetworkErrorRatio + ")"}}},
		}},
	}
}

// ofContainer are the labels of a container.
var ofContainer = strings.Join([]string{telemetry.KubeNamespace, telemetry.KubePod, telemetry.KubeContainer}, ", ")

// owned is an expression with the labels of a container, for containers of the view.
func (v view) owned(expr string) string {
	return fmt.Sprintf("%s * on (%s) group_left () %s", v.declared(telemetry.RecordedServiceContainer), ofContainer, expr)
}

// ofContainers is a gauge of cAdvisor: the kubelet tells it on two pages.
func (v view) ofContainers(series string) string {
	return v.owned(fmt.Sprintf("max by (%s) (%s)", ofContainer, series))
}

// throttled is the share of periods in which containers were stopped.
func throttled(v view) string {
	of := func(m telemetry.Metric) string { return fmt.Sprintf("max by (%s) (%s)", ofContainer, rate(m.Name)) }
	return fmt.Sprintf("topk(10, %s)", v.owned(fmt.Sprintf("(%s / (%s > 0))", of(telemetry.ContainerThrottled), of(telemetry.ContainerPeriods))))
}

// threads are those of processes that tell of their open files, too, by which it is
// known whose they are.
func threads(v view) string {
	var all []string
	for _, m := range []telemetry.Metric{telemetry.Goroutines, telemetry.JVMThreads, telemetry.MicrometerThreads} {
		all = append(all, fmt.Sprintf("0 * %s + on (%s) group_left () max by (%[2]s) (%[3]s)", v.declared(telemetry.RecordedServiceFiles), telemetry.Instance, m.Name))
	}
	return "topk(10, " + strings.Join(all, " or ") + ")"
}
