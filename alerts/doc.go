// Package alerts turns a services file into Prometheus alerts and into the unit
// tests of those alerts.
//
//	rules, err := alerts.Generate(catalog.Default(), alerts.Options{})
//	...
//	yaml, err := rules.YAML()                            // a rule file
//	tests, err := rules.UnitTests("readygate.yaml")      // for promtool test rules
//
// # What the rules promise
//
// One group holds the recording rules and the alerts that read them, so that an
// alert never looks at yesterday's evaluation. Series are summed over gateway
// instances and releases; what remains is the identity of a service: its name,
// namespace and environment.
//
//   - HighErrorRate: the share of requests answered with 5xx over 5 minutes is
//     above the threshold (5 %), for 5 minutes. Critical.
//   - LowTrafficErrors: the same where there is too little traffic for
//     HighErrorRate to speak: 5 errors in an hour, and a share above the
//     threshold in that hour or in the last 5 minutes. Warning.
//   - SlowResponseTime: the 95th percentile of the duration is above the
//     threshold (1 s), for 10 minutes. Warning.
//
// Every declared service has rules of its own, with its thresholds, tier, team
// and runbook. All other series, and a declared service outside its
// environments, are governed by one generic rule that excludes what is
// declared: no series is ever judged by two thresholds.
//
// A second group watches the gateway itself, the same with every services file. Its
// series are those of the gateway's own page, added up over the gateways of a
// scrape job:
//
//   - ScrubEgressLeak: a tripwire found behind scrub what scrub should have taken
//     out. At once. Critical.
//   - ScrubUnscannable: values could not be scanned, for 10 minutes; of panics, one
//     is enough. Warning.
//   - ScrubPolicyDiffers: some gateways have a scrub policy that others have not,
//     for 30 minutes. Warning.
//
// # Guarantees
//
// Output is deterministic to the byte. Every expression is parsed, and held
// against the metrics that the gateway derives and its own, before it is returned;
// what was written is read back by Prometheus' own strict reader. The unit tests
// need promtool of Prometheus 3.
package alerts
