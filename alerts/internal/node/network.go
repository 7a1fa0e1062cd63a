package node

import (
	"fmt"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/catalog"
	"github.com/readygate/readygate/internal/telemetry"
)

// fewPackets is how many packets per second say too little: of an idle interface, one
// dropped broadcast is a large share.
const fewPackets = 10

func networkErrors() rule.Alert {
	return rule.Alert{
		Name: "NetworkErrors", Severity: catalog.Ticket, Checklist: "PR-097", Fleet: true,
		Condition: func(t rule.Target) string {
			return fmt.Sprintf("%s > %s and %s >= %d", telemetry.RecordedNetworkErrorRatio, rule.Number(t.Policy.Thresholds.NetworkRatio),
				telemetry.RecordedNetworkPackets, fewPackets)
		},
		Wait:    rule.Always(busyFor),
		Summary: "{{ $value | humanizePercentage }} of the packets through {{ $labels.device }} of {{ $labels.instance }} are lost",
		Description: func(t rule.Target) string {
			return fmt.Sprintf("{{ $value | humanizePercentage }} of the packets through interface {{ $labels.device }} of {{ $labels.instance }} had errors or were dropped"+
				" over the last 5 minutes. The alert fires above %s, from %d packets per second on, for %s.",
				rule.Percent(t.Policy.Thresholds.NetworkRatio), fewPackets, rule.Short(busyFor))
		},
		Guide: rule.Guide{
			Meaning: "Packets arrive damaged, or the machine cannot take or send them fast enough.",
			Impact:  "Connections become slow, because lost packets are sent again; some end.",
			Look: []rule.Look{
				{Question: "Received or sent, damaged or dropped?", Query: fmt.Sprintf("max by (instance, device) (rate(%s[5m])) > 0 or max by (instance, device) (rate(%s[5m])) > 0",
					telemetry.NetworkReceivedErrors.Name, telemetry.NetworkReceivedDrops.Name)},
				{Question: "Is the interface busy?", Query: telemetry.RecordedNetworkBusy + " > 0.5"},
				{Question: "Which services call others in vain?", Query: `topk(10, sum by (service, peer) (rate(dependency_requests_total{$selector, outcome="failure"}[5m])))`},
			},
			Act: []string{
				"ethtool -S on the interface says what kind of error it is.",
				"Damaged packets mean a cable, a connector, a switch port or its settings: move the work away from the machine, then have it looked at.",
				"Dropped packets mean that the machine is too slow: look at its CPU, and at the size of its buffers (ethtool -g).",
			},
		},
		Trial: func(t rule.Target, _ map[string]string) rule.Trial {
			most := t.Policy.Thresholds.NetworkRatio
			const busy = 1000.0
			return rule.Trial{
				Fire: packets(busy, most*(1+hair)), Near: packets(busy, most*(1-hair)), Calm: packets(1e5*busy, 0),
				Guarded: packets(fewPackets*(1-hair), most*2), Idle: packets(0, 0),
				First: 1, Value: rule.Steady(most * (1 + hair)), Labels: onDevice("eth0"), Memory: window,
				Derived: []string{telemetry.RecordedNetworkErrorRatio},
				More: []rule.Story{{
					Name:   "fires when there are just enough packets",
					Phases: []rule.Phase{{Evaluations: 60, State: packets(fewPackets*(1+hair), most*2)}},
					Expect: []rule.Expectation{{At: 60, Fires: true, Value: most * 2}},
				}},
			}
		},
	}
}

// packets are packets per second through an interface, both ways, a share of which
// is lost; its driver counts no errors in sending. All packets of another interface,
// which is no hardware, are lost.
func packets(perSecond, lost float64) []rule.Signal {
	eth, veth := onDevice("eth0"), onDevice("veth1a2b3c")
	return twice(
		rule.Count(telemetry.NetworkReceivedPackets.Name, perSecond/2, eth), rule.Count(telemetry.NetworkSentPackets.Name, perSecond/2, eth),
		rule.Count(telemetry.NetworkReceivedErrors.Name, perSecond*lost/8, eth), rule.Count(telemetry.NetworkReceivedDrops.Name, perSecond*lost*3/8, eth),
		rule.Count(telemetry.NetworkSentDrops.Name, perSecond*lost/2, eth),
		rule.Count(telemetry.NetworkReceivedPackets.Name, 500, veth), rule.Count(telemetry.NetworkSentPackets.Name, 500, veth),
		rule.Count(telemetry.NetworkReceivedDrops.Name, 500, veth),
	)
}

// networkBusy is the share of its speed above which an interface is busy. It is no
// threshold of the services file: nobody has a better one.
const networkBusy = 0.9

func networkSaturated() rule.Alert {
	return rule.Alert{
		Name: "NetworkSaturated", Severity: catalog.Ticket, Checklist: "PR-097", Fleet: true,
		Condition: rule.Always(fmt.Sprintf("%s > %s", telemetry.RecordedNetworkBusy, rule.Number(networkBusy))),
		Wait:      rule.Always(busyFor),
		Summary:   "Interface {{ $labels.device }} of {{ $labels.instance }} is at {{ $value | humanizePercentage }} of its speed",
		Description: rule.Always(fmt.Sprintf("Interface {{ $labels.device }} of {{ $labels.instance }} moved {{ $value | humanizePercentage }} of what it can move in one direction"+
			" over the last 5 minutes. The alert fires above %s, for %s.", rule.Percent(networkBusy), rule.Short(busyFor))),
		Guide: rule.Guide{
			Meaning: "A network interface moves nearly as much as it can.",
			Impact:  "What goes through it waits, and connections become slow.",
			Look: []rule.Look{
				{Question: "Which interfaces, since when?", Query: telemetry.RecordedNetworkBusy + " > 0.5"},
				{Question: "Which services have more traffic than usual?", Query: `topk(10, sum by (service) (rate(http_requests_total{$selector}[5m])) / sum by (service) (rate(http_requests_total{$selector}[5m] offset 1d)))`},
			},
			Act: []string{
				"iftop or ss -tip on the machine shows who moves so much.",
				"If it is a backup or a copy, slow it down, or move it to a quieter hour.",
				"If it is the work itself, spread it over more machines.",
			},
		},
		Trial: func(rule.Target, map[string]string) rule.Trial {
			return rule.Trial{
				Fire: bytes(networkBusy * (1 + hair)), Near: bytes(networkBusy * (1 - hair)), Calm: bytes(0), Idle: slow(bytes(1), 0),
				First: window, Value: rule.Steady(networkBusy * (1 + hair)), Labels: onDevice("eth0"), Memory: window,
				Derived: []string{telemetry.RecordedNetworkBusy},
				More: []rule.Story{{
					Name:   "fires about what is received as about what is sent",
					Phases: []rule.Phase{{Evaluations: 60, State: turned(bytes(networkBusy * (1 + hair)))}},
					Expect: []rule.Expectation{{At: 60, Fires: true, Value: networkBusy * (1 + hair)}},
				}},
			}
		},
	}
}

// bytes is what an interface of a gigabit per second sends, in its speed, while it
// receives a little less; and a tunnel, which has no speed.
func bytes(busy float64) []rule.Signal {
	const speed = 125e6
	eth, tunnel := onDevice("eth0"), onDevice("tun0")
	return twice(
		rule.Count(telemetry.NetworkReceivedBytes.Name, busy*speed*0.9, eth), rule.Count(telemetry.NetworkSentBytes.Name, busy*speed, eth),
		rule.Level(telemetry.NetworkSpeed.Name, speed, eth),
		rule.Count(telemetry.NetworkReceivedBytes.Name, speed, tunnel), rule.Count(telemetry.NetworkSentBytes.Name, speed, tunnel),
		rule.Level(telemetry.NetworkSpeed.Name, -125000, tunnel),
	)
}

// slow is the interface with another speed.
func slow(all []rule.Signal, speed float64) []rule.Signal {
	for i, s := range all {
		if s.Metric == telemetry.NetworkSpeed.Name && s.Level > 0 {
			all[i].Level = speed
		}
	}
	return all
}

// turned are the interfaces that receive what they sent.
func turned(all []rule.Signal) []rule.Signal {
	other := map[string]string{
		telemetry.NetworkReceivedBytes.Name: telemetry.NetworkSentBytes.Name,
		telemetry.NetworkSentBytes.Name:     telemetry.NetworkReceivedBytes.Name,
		telemetry.NetworkSpeed.Name:         telemetry.NetworkSpeed.Name,
	}
	for i, s := range all {
		all[i].Metric = other[s.Metric]
	}
	return all
}
