// Package catalog reads the services file: the one description of the services
// that the gateway watches, from which rules and dashboards are generated.
//
// [Parse] is strict. An unknown key, a wrong type or a value outside its range
// is a [Problem] with file, line, column and key path, and all problems of a
// file are reported at once. Without a services file, [Default] carries the
// checklist's own numbers for every service.
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
	// Defaults govern every series that no entry of Services governs.
	Defaults Policy
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
	// Policy is complete: what the entry leaves out is inherited.
	Policy
}

// Policy is how a service is watched, and who answers for it.
type Policy struct {
	// Tier is empty where the file gives none.
	Tier Tier
	// Team is the team that alerts are routed to; empty when unknown.
	Team string
	// Owner is the person or group who answers for the service; empty when unknown.
	Owner string
	// Runbook is the URL of the service's runbook; empty when there is none.
	Runbook string
	// Thresholds decide when alerts fire.
	Thresholds Thresholds
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

// Default is the catalog of an absent services file: no declared service, and
// the checklist's thresholds for all.
func Default() Catalog {
	return Catalog{Defaults: Policy{Thresholds: DefaultThresholds()}}
}

// Governs reports whether the entry speaks for the series of a service with
// this identity. An empty namespace or environment is one that the telemetry
// does not have.
func (s Service) Governs(name, namespace, environment string) bool {
	return s.Name == name &&
		(s.Namespace == "" || s.Namespace == namespace) &&
		(len(s.Environments) == 0 || slices.Contains(s.Environments, environment))
}
