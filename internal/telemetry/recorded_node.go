package telemetry

// Recorded series of machines, with the labels Instance and Device.
const (
	// RecordedDiskBusy is the share of time in which a disk had something to do.
	RecordedDiskBusy = "node_disk:io_time:rate5m"
	// RecordedDiskFree is the share of a file system that is free, and
	// RecordedDiskFreePredicted the bytes that will be in 24 hours if the last 6 hours
	// go on. They have the label Mountpoint, too, and leave out what nobody can fill.
	RecordedDiskFree          = "node_filesystem:free_ratio:min"
	RecordedDiskFreePredicted = "node_filesystem:free_bytes:predict24h"
	// RecordedNetworkPackets is the rate of packets through an interface, in packets per
	// second, and RecordedNetworkErrorRatio the share of those with errors, or dropped.
	RecordedNetworkPackets    = "node_network:packets:rate5m"
	RecordedNetworkErrorRatio = "node_network:packet_error_ratio:rate5m"
	// RecordedNetworkBusy is the bytes that an interface moves, in the direction in which
	// it moves more, in its speed.
	RecordedNetworkBusy = "node_network:busy_ratio:rate5m"
)
