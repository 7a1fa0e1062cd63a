package node

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// busyFor is how long a disk or an interface must be busy, or a network fail.
const busyFor = 15 * time.Minute

func diskIOSaturated() rule.Alert {
	return rule.Alert{
		Name: "DiskIOSaturated", Severity: catalog.Ticket, Checklist: "PR-097", Fleet: true,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s > %s", telemetry.RecordedDiskBusy, rule.Number(t.Policy.Thresholds.DiskIORatio))
		},
		Wait:    rule.Always(busyFor),
		Keep:    5 * time.Minute,
		Summary: "Disk {{ $labels.device }} of {{ $labels.instance }} is busy for {{ $value | humanizePercentage }} of the time",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("Disk {{ $labels.device }} of {{ $labels.instance }} had something to do for {{ $value | humanizePercentage }} of the last 5 minutes."+
				" The alert fires above %s, for %s.", rule.Percent(t.Policy.Thresholds.DiskIORatio), rule.Short(busyFor))
		},
		Guide: rule.Guide{
			Meaning: "A disk is hardly ever idle. One that does many things at a time (NVMe, RAID, network storage) may still have room.",
			Impact:  "Databases, queues and logs on the disk become slow, and what waits for them.",
			Look: []rule.Look{
				{Question: "Which disks, since when?", Query: telemetry.RecordedDiskBusy + " > 0.5"},
				{Question: "Which services were slow since then?", Query: `topk(10, histogram_quantile(0.95, sum by (service, le) (rate(http_request_duration_seconds_bucket{$selector}[5m]))))`},
			},
			Act: []string{
				"iostat -x 5 on the machine: long waits (await) mean that the disk is the bottleneck; pidstat -d 5 shows who reads and writes.",
				"If it is a backup or a compaction, move it to a quieter hour, or slow it down.",
				"If it is the work itself, get a faster disk, or spread the data.",
			},
		},
		Trial: func(t rule.Target, _ map[string]string) rule.Trial {
			most := t.Policy.Thresholds.DiskIORatio
			busy := func(ratio float64) []rule.Signal {
				return twice(
					rule.Count(telemetry.DiskIOTime.Name, ratio, onDevice("nvme0n1")),
					rule.Count(telemetry.DiskIOTime.Name, 1, onDevice("dm-0")),
				)
			}
			return rule.Trial{
				Fire: busy(most * (1 + hair)), Near: busy(most * (1 - hair)), Calm: busy(0),
				First: window, Value: rule.Steady(most * (1 + hair)), Labels: onDevice("nvme0n1"), Memory: window,
			}
		},
	}
}

const (
	// ahead is how far free space is extrapolated.
	ahead = 24 * time.Hour
	// fillFor is how long it must look as if the disk fills.
	fillFor = time.Hour
)

func diskWillFill() rule.Alert {
	return rule.Alert{
		Name: "DiskWillFill", Severity: catalog.Ticket, Checklist: "PR-097", Fleet: true,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s < %s and %s < 0", telemetry.RecordedDiskFree, rule.Number(t.Policy.Thresholds.DiskFree), telemetry.RecordedDiskFreePredicted)
		},
		Wait:    rule.Always(fillFor),
		Summary: "{{ $labels.mountpoint }} of {{ $labels.instance }} will be full within a day",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("{{ $value | humanizePercentage }} of {{ $labels.mountpoint }} ({{ $labels.device }}) of {{ $labels.instance }} are free, and if it goes on"+
				" as in the last 6 hours it will be full within 24 hours. The alert fires below %s, for %s.", rule.Percent(t.Policy.Thresholds.DiskFree), rule.Short(fillFor))
		},
		Guide: rule.Guide{
			Meaning: "A file system is nearly full, and what is written is more than what is deleted.",
			Impact:  "None yet. When it is full, writes fail: databases stop, logs are lost, and a gateway cannot keep what it could not send.",
			Look: []rule.Look{
				{Question: "Since when does it fill, in a line or in a jump?", Query: telemetry.RecordedDiskFree},
				{Question: "When is it full, in bytes in 24 hours?", Query: telemetry.RecordedDiskFreePredicted},
			},
			Act: []string{
				"du -xh --max-depth=2 on the mount point shows what is large; lsof +L1 shows deleted files that are still open.",
				"Delete what may be deleted: old logs, images (crictl rmi --prune), core dumps.",
				"If it is the data itself, enlarge the volume.",
			},
		},
		Trial: fillTrial,
	}
}

// fillTrial has a tiny disk, which loses a byte in each evaluation, so that a byte more
// or less in the extrapolation matters; its size shrinks with what is free, so that
// the free share does not change. The extrapolation passes 0 between two evaluations.
func fillTrial(t rule.Target, _ map[string]string) rule.Trial {
	const (
		pace  = 10 * time.Minute
		first = 3
	)
	var (
		slope  = -1 / pace.Seconds()
		start  = -slope*ahead.Seconds() + first - 0.5
		labels = onDevice("/dev/nvme0n1p1")
		gauge  = func(m telemetry.Metric, level, slope float64, pairs ...string) rule.Signal {
			all := maps.Clone(labels)
			all[telemetry.FSType], all[telemetry.Mountpoint] = "ext4", "/var"
			for i := 0; i < len(pairs); i += 2 {
				all[pairs[i]] = pairs[i+1]
			}
			return rule.Signal{Metric: m.Name, Labels: all, Level: level, Slope: slope, Gauge: true}
		}
		disk = func(free, slope, share float64, pairs ...string) []rule.Signal {
			return []rule.Signal{
				gauge(telemetry.FilesystemFree, free, slope, pairs...),
				gauge(telemetry.FilesystemSize, free/share, slope/share, pairs...),
				gauge(telemetry.FilesystemReadOnly, 0, 0, pairs...),
			}
		}
		most = t.Policy.Thresholds.DiskFree
		full = most * (1 - hair)
		// What is as full, and fills as fast, but need not be told of.
		memory  = disk(start, slope, full, telemetry.FSType, "tmpfs", telemetry.Mountpoint, "/run")
		readers = disk(start, slope, full, telemetry.Mountpoint, "/mnt/image")
	)
	readers[2].Level = 1
	state := func(disk []rule.Signal) []rule.Signal { return twice(slices.Concat(disk, memory, readers)...) }
	return rule.Trial{
		Pace:   pace,
		Fire:   state(disk(start, slope, full)),
		Near:   state(disk(start, slope, most*(1+hair))),
		Calm:   state(disk(2*start, 0, min(1, 2*most))),
		First:  first,
		Value:  rule.Steady(full),
		Labels: map[string]string{telemetry.Instance: labels[telemetry.Instance], telemetry.Device: labels[telemetry.Device], telemetry.Mountpoint: "/var"},
		Memory: 1,
		More: []rule.Story{{
			Name:   "stays silent about a disk that is full, and stays so",
			Phases: []rule.Phase{{Evaluations: 20, State: disk(start, 0, full)}},
			Expect: []rule.Expectation{{At: 10}, {At: 20}},
		}},
	}
}
