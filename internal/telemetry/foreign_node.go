package telemetry

// Labels of metrics of machines.
const (
	// Device is a disk, a file system's device or a network interface.
	Device = "device"
	// Mountpoint and FSType are of a file system.
	Mountpoint = "mountpoint"
	FSType     = "fstype"
)

// Metrics of machines, of the Prometheus node exporter.
var (
	DiskIOTime = Metric{
		Name: "node_disk_io_time_seconds_total", Kind: Counter, Unit: "s",
		Help:   "Time in which a disk had something to do.",
		Labels: []string{Device, Job, Instance},
	}
	DiskReadBytes = Metric{
		Name: "node_disk_read_bytes_total", Kind: Counter, Unit: "By",
		Help:   "Bytes read from a disk.",
		Labels: []string{Device, Job, Instance},
	}
	DiskWrittenBytes = Metric{
		Name: "node_disk_written_bytes_total", Kind: Counter, Unit: "By",
		Help:   "Bytes written to a disk.",
		Labels: []string{Device, Job, Instance},
	}
	FilesystemFree     = ofFilesystem("avail_bytes", "By", "What of a file system users may still fill.")
	FilesystemSize     = ofFilesystem("size_bytes", "By", "Size of a file system.")
	FilesystemReadOnly = ofFilesystem("readonly", "1", "1 for a file system that nobody can write to.")

	NetworkReceivedBytes   = ofInterface("receive_bytes_total", "By", "Bytes received.")
	NetworkSentBytes       = ofInterface("transmit_bytes_total", "By", "Bytes sent.")
	NetworkReceivedPackets = ofInterface("receive_packets_total", "{packet}", "Packets received.")
	NetworkSentPackets     = ofInterface("transmit_packets_total", "{packet}", "Packets sent.")
	NetworkReceivedErrors  = ofInterface("receive_errs_total", "{packet}", "Packets that arrived damaged.")
	NetworkSentErrors      = ofInterface("transmit_errs_total", "{packet}", "Packets that could not be sent.")
	NetworkReceivedDrops   = ofInterface("receive_drop_total", "{packet}", "Packets dropped after they arrived.")
	NetworkSentDrops       = ofInterface("transmit_drop_total", "{packet}", "Packets dropped before they were sent.")
	NetworkSpeed           = Metric{
		Name: "node_network_speed_bytes", Kind: Gauge, Unit: "By/s",
		Help:   "Speed of an interface, in bytes per second; negative or absent where it has none.",
		Labels: []string{Device, Job, Instance},
	}
)

func ofFilesystem(name, unit, help string) Metric {
	return Metric{Name: "node_filesystem_" + name, Kind: Gauge, Unit: unit, Help: help, Labels: []string{Device, Mountpoint, FSType, Job, Instance}}
}

func ofInterface(name, unit, help string) Metric {
	return Metric{Name: "node_network_" + name, Kind: Counter, Unit: unit, Help: help, Labels: []string{Device, Job, Instance}}
}
