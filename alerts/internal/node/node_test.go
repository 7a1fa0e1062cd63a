package node

import (
	"testing"

	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
)

func TestPromtoolAcceptsTheRulesAndTheirUnitTests(t *testing.T) {
	ruletest.Check(t, Family(), catalog.Default())
	c := catalog.Default()
	c.Defaults.Thresholds.DiskIORatio = 0.5
	c.Defaults.Thresholds.DiskFree = 0.35
	c.Defaults.Thresholds.NetworkRatio = 0.0005
	ruletest.Check(t, Family(), c)
}

func TestEveryDefectIsCaughtByTheUnitTests(t *testing.T) {
	ruletest.Mutate(t, Family(), catalog.Default(), nil)
}

func TestDefectsOfRecordedSeriesAreCaught(t *testing.T) {
	plant := func(alert string, defects map[string]ruletest.Defect) {
		for name, d := range defects {
			d.Alert = alert
			defects[name] = d
		}
		ruletest.Plant(t, Family(), catalog.Default(), defects)
	}
	plant("DiskIOSaturated", map[string]ruletest.Defect{
		"who is scraped twice is counted twice": {From: "max by (instance, device)", To: "sum by (instance, device)"},
		"what is made of disks is one":          {From: "dm-.*|drbd", To: "drbd"},
		"a short window":                        {From: "io_time_seconds_total{device!~\"dm-.*|drbd.*|fd.*|loop.*|md.*|ram.*|sr.*|zram.*\"}[5m]", To: "io_time_seconds_total{device!~\"dm-.*|drbd.*|fd.*|loop.*|md.*|ram.*|sr.*|zram.*\"}[1m]"},
	})
	plant("DiskWillFill", map[string]ruletest.Defect{
		"memory is a disk":               {From: "|tmpfs|", To: "|"},
		"what nobody can write to fills": {From: "node_filesystem_readonly == 1", To: "node_filesystem_readonly == 2"},
		"looks too far ahead":            {From: "86400", To: "90000"},
		"mount points are mixed":         {From: "(instance, device, mountpoint)", To: "(instance, device)"},
	})
	plant("NetworkErrors", map[string]ruletest.Defect{
		"who is scraped twice has twice the packets": {From: "max by (instance, device)", To: "sum by (instance, device)"},
		"drops do not count":                         {From: "node_network_receive_drop_total", To: "node_network_receive_errs_total"},
		"sending does not count":                     {From: "node_network_transmit_drop_total", To: "node_network_transmit_errs_total"},
		"what is not counted is absent":              {From: "0 * node_network:packets:rate5m", To: "node_network:packets:rate5m < 0"},
		"tunnels and bridges are wires":              {From: "veth.*|", To: ""},
		"a share of nothing is a number":             {From: "(node_network:packets:rate5m > 0)", To: "node_network:packets:rate5m"},
	})
	plant("NetworkSaturated", map[string]ruletest.Defect{
		"who is scraped twice sends twice": {From: "max by (instance, device) (\n                  rate(", To: "sum by (instance, device) (\n                  rate("},
		"what is received does not count":  {From: "node_network_receive_bytes_total", To: "node_network_transmit_bytes_total"},
		"what is sent does not count":      {From: "node_network_transmit_bytes_total", To: "node_network_receive_bytes_total"},
		"no speed is a speed":              {From: ")\n              >\n                0", To: ")\n              >=\n                0"},
	})
}
