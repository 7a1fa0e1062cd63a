// Package catalog reads the services file: the one description of the services
// that the gateway watches, from which rules, their tests, routing, runbooks,
// dashboards and an overlay of gateway configuration are generated.
//
// [Parse] is strict. An unknown key, a wrong type or a value outside its range
// is a [Problem] with file, line, column and key path, and all problems of a
// file are reported at once. Without a services file, [Default] carries the
// checklist's own numbers for every service. What a right file should make a person
// do, such as sign again, is a [Notice].
//
// The keys of the file, with what each means and may hold, stand in tables of fields
// (table_*.go). They decode the file; [Schema] and docs/reference/services.md are
// made of them.
//
// A catalog is plain data, safe for concurrent reads once parsed.
package catalog

import "slices"

// Version is the version of the services file that this package reads.
const Version = 1

// Catalog is a services file with every default filled in.
type Catalog struct {
	// GrafanaURL is where the dashboards are served, without a trailing slash;
	// empty when unknown, and alerts then carry no link to a dashboard.
	GrafanaURL string
	// RunbooksURL is where the generated runbooks are served, without a trailing
	// slash; empty when unknown, and alerts then link to the runbook that the
	// service names itself.
	RunbooksURL string
	// Routing says who is told of what.
	Routing Routing
	// Defaults govern every series that no entry of Services governs.
	Defaults Policy
	// Tiers has every tier: Defaults, with what the file says about the tier.
	Tiers map[Tier]Policy
	// Services in the order of the file. No two govern the same series.
	Services []Service
}

// Service is one entry of the services file.
type Service struct {
	// Name equals service.name of the telemetry.
	Name string
	// Namespace equals service.namespace; empty governs the service in every
	// namespace, and where the telemetry has none.
	Namespace string
	// Environments are values of deployment.environment.name; empty governs
	// every environment. Elsewhere the service is governed by the defaults.
	Environments []string
	// Policy is complete: what the entry leaves out is inherited from its tier,
	// and what that leaves out from the defaults.
	Policy

	// Metrics says where the series of requests come from.
	Metrics Source
	// Workload is what runs the service in Kubernetes; nil when unknown.
	Workload *Workload
	// Links are pages about the service, for runbooks and dashboards.
	Links []Link
	// Endpoints are URLs that the service answers; Probes are those of them that
	// tell its health.
	Endpoints []Endpoint
	Probes    []Probe
	// Dependencies are the systems that the service calls.
	Dependencies []Dependency
	Jobs         []Job
	Queues       []Queue
	Business     []BusinessMetric
	Backups      []Backup
	Secrets      []Secret
	// Rollout is how releases reach production; nil when the file does not say.
	Rollout *Rollout
	// Window is when releases are allowed; nil for any time.
	Window *Window
	// LogRetention is how long logs are kept: 30 to 90 days; 0 when unknown.
	LogRetention Days
	// Attestations and Waivers are signed answers to checks, with an end.
	Attestations []Attestation
	Waivers      []Waiver
	// Line of the file, from 1; 0 where no file was read.
	Line int
}

// Policy is how a service is watched, and who answers for it.
type Policy struct {
	// Tier is empty where the file gives none.
	Tier Tier
	// Team is the team that alerts are routed to; empty when unknown. Where the
	// file has teams, it is one of them.
	Team string
	// Owner is the person or group who answers for the service; empty when unknown.
	Owner string
	// Runbook is the URL of the service's runbook; empty when there is none.
	Runbook string
	// SLO is what users of the service may expect.
	SLO SLO
	// Recovery is how much may be lost, and for how long.
	Recovery Recovery
	// Thresholds decide when alerts fire.
	Thresholds Thresholds
	// Disabled are names of alerts that are not made; sorted, of [AlertNames].
	Disabled []string
	// Origins say where each number, and Disabled, comes from, by its key path below the
	// policy, such as thresholds.error_ratio; a key without one has the built-in default.
	Origins map[string]Origin
}

// Origin is the place of the file that a number was read from.
type Origin struct {
	// Level is defaults, "tier critical" or "service payments".
	Level string
	// Line counts from 1.
	Line int
}

// Tier is how much depends on a service; the checklist's recovery targets
// (section 6) use the same three words.
type Tier string

// The tiers, most critical first.
const (
	Critical    Tier = "critical"
	Important   Tier = "important"
	NonCritical Tier = "non-critical"
)

// Tiers lists every tier, most critical first.
func Tiers() []Tier { return []Tier{Critical, Important, NonCritical} }

// Default is the catalog of an absent services file: no declared service, and
// the checklist's numbers for all.
func Default() Catalog {
	c := Catalog{Defaults: DefaultPolicy(""), Tiers: make(map[Tier]Policy)}
	for _, tier := range Tiers() {
		c.Tiers[tier] = DefaultPolicy(tier)
	}
	return c
}

// DefaultPolicy has the built-in numbers of a tier, or, of the empty tier, those
// of services about which nothing is known.
func DefaultPolicy(tier Tier) Policy {
	return Policy{Tier: tier, SLO: DefaultSLO(tier), Recovery: DefaultRecovery(tier), Thresholds: DefaultThresholds()}
}

// Governs reports whether the entry speaks for the series of a service with
// this identity. An empty namespace or environment is one that the telemetry
// does not have.
func (s Service) Governs(name, namespace, environment string) bool {
	return s.Name == name &&
		(s.Namespace == "" || s.Namespace == namespace) &&
		(len(s.Environments) == 0 || slices.Contains(s.Environments, environment))
}
