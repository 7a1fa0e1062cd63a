// Package node has the alerts about machines: disks and networks. They are about the
// fleet, because a machine is no service's own.
//
// They read the metrics of the Prometheus node exporter. Those of the Collector's host
// metrics receiver (system_...) are not read: they tell neither the speed of an
// interface nor which file systems are read-only.
package node

import (
	"fmt"
	"maps"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// Family are the rules about machines: the checklist's "Disk I/O" and "Network I/O"
// (section 2, "Key Metrics to Track").
func Family() rule.Family {
	return rule.Family{
		Name:     "node",
		Interval: time.Minute,
		Reads: []telemetry.Metric{
			telemetry.DiskIOTime, telemetry.FilesystemFree, telemetry.FilesystemSize, telemetry.FilesystemReadOnly,
			telemetry.NetworkReceivedBytes, telemetry.NetworkSentBytes, telemetry.NetworkReceivedPackets, telemetry.NetworkSentPackets,
			telemetry.NetworkReceivedErrors, telemetry.NetworkSentErrors, telemetry.NetworkReceivedDrops, telemetry.NetworkSentDrops,
			telemetry.NetworkSpeed,
		},
		Recordings: func(catalog.Catalog) []rule.Recording { return recordings() },
		Alerts:     []rule.Alert{diskIOSaturated(), diskWillFill(), networkErrors(), networkSaturated()},
	}
}

// Devices that are no hardware: what is done to them is done to another as well.
const (
	virtualDisks      = `dm-.*|drbd.*|fd.*|loop.*|md.*|ram.*|sr.*|zram.*`
	virtualInterfaces = `lo|bond.*|br.*|cali.*|cilium.*|cni.*|docker.*|dummy.*|flannel.*|ifb.*|kube.*|lxc.*|lxd.*|nodelocaldns|ovs.*|podman.*|tap.*|tun.*|vcan.*|veth.*|vir.*|vnet.*|vxlan.*|weave.*|wg.*|.+[.:].+`
	virtualFS         = `autofs|binfmt_misc|cgroup.*|devfs|devtmpfs|fuse\\.lxcfs|iso9660|nsfs|overlay|proc|ramfs|rootfs|squashfs|sysfs|tmpfs|tracefs`
)

func recordings() []rule.Recording {
	var (
		device   = telemetry.Instance + ", " + telemetry.Device
		mount    = device + ", " + telemetry.Mountpoint
		own      = []string{telemetry.Instance, telemetry.Device}
		ownMount = []string{telemetry.Instance, telemetry.Device, telemetry.Mountpoint}
		// A device has one series, and another for each further job that scrapes it.
		rate = func(m telemetry.Metric, virtual string) string {
			return fmt.Sprintf("max by (%s) (rate(%s{%s!~\"%s\"}[5m]))", device, m.Name, telemetry.Device, virtual)
		}
		network = func(m telemetry.Metric) string { return rate(m, virtualInterfaces) }
		// Filled with zeros: not every driver counts everything.
		counted = func(m telemetry.Metric) string {
			return fmt.Sprintf("(%s or 0 * %s)", network(m), telemetry.RecordedNetworkPackets)
		}
		filesystem = func(m telemetry.Metric, more string) string {
			return fmt.Sprintf("%s{%s!~\"%s\"}%s", m.Name, telemetry.FSType, virtualFS, more)
		}
		writable = fmt.Sprintf("unless on (%s) (%s == 1)", mount, telemetry.FilesystemReadOnly.Name)
	)
	return []rule.Recording{
		{Name: telemetry.RecordedDiskBusy, Carries: own, Expr: rate(telemetry.DiskIOTime, virtualDisks)},
		{Name: telemetry.RecordedDiskFree, Carries: ownMount, Expr: fmt.Sprintf("min by (%s) (%s / (%s > 0) %s)",
			mount, filesystem(telemetry.FilesystemFree, ""), filesystem(telemetry.FilesystemSize, ""), writable)},
		{Name: telemetry.RecordedDiskFreePredicted, Carries: ownMount, Expr: fmt.Sprintf("min by (%s) (predict_linear(%s, %d) %s)",
			mount, filesystem(telemetry.FilesystemFree, "[6h]"), int(ahead.Seconds()), writable)},
		{Name: telemetry.RecordedNetworkPackets, Carries: own, Expr: fmt.Sprintf("%s + %s",
			network(telemetry.NetworkReceivedPackets), network(telemetry.NetworkSentPackets))},
		{Name: telemetry.RecordedNetworkErrorRatio, Carries: own, Expr: fmt.Sprintf("(%s + %s + %s + %s) / (%s > 0)",
			counted(telemetry.NetworkReceivedErrors), counted(telemetry.NetworkSentErrors),
			counted(telemetry.NetworkReceivedDrops), counted(telemetry.NetworkSentDrops), telemetry.RecordedNetworkPackets)},
		// The greater of the two: where it receives more than it sends, that; else, what
		// it sends.
		{Name: telemetry.RecordedNetworkBusy, Carries: own, Expr: fmt.Sprintf("(%s > %s or %[2]s) / (max by (%[3]s) (%[4]s{%[5]s!~\"%[6]s\"}) > 0)",
			network(telemetry.NetworkReceivedBytes), network(telemetry.NetworkSentBytes), device,
			telemetry.NetworkSpeed.Name, telemetry.Device, virtualInterfaces)},
	}
}

// onDevice are the labels of a trial's machine, and of one of its devices.
func onDevice(device string) map[string]string {
	return map[string]string{telemetry.Instance: "192.0.2.7:9100", telemetry.Device: device}
}

// twice are the signals, and the same as another job of Prometheus scrapes them.
func twice(signals ...rule.Signal) []rule.Signal {
	all := signals
	for _, s := range signals {
		s.Labels = maps.Clone(s.Labels)
		s.Labels[telemetry.Job] = "kube-node"
		all = append(all, s)
	}
	return all
}

// hair is how far a trial is from a threshold.
const hair = rule.Hair

// window is how many evaluations a rate over 5 minutes needs to be what it is.
const window = 10
