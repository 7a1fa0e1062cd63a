package catalog

// Class is how a check is decided.
type Class string

// The classes.
const (
	// Decided by the tool, from evidence.
	Decided Class = "D"
	// Corroborated or refuted by the tool; where there is no evidence, a signature
	// decides.
	Corroborated Class = "C"
	// Attested by an owner's signature.
	Attested Class = "A"
)

// Check is one box of the checklist.
type Check struct {
	// ID is PR-001 to PR-106, in the order of the checklist.
	ID string
	// Title is the checklist's text, verbatim.
	Title string
	Class Class
	// Expires is how long a signature holds at most; 0 where the checklist says
	// nothing, and PerRelease where it ends with the release that it was given for.
	Expires Days
}

// PerRelease is the validity of signatures that end with a release.
const PerRelease Days = -1

// longest is how many days a signature may name. Where the checklist has no number,
// it is the largest that it has for any.
func (c Check) longest() Days {
	if c.Expires <= 0 {
		return 365
	}
	return c.Expires
}

// checkByID finds a check.
func checkByID(id string) (Check, bool) {
	for _, c := range checks {
		if c.ID == id {
			return c, true
		}
	}
	return Check{}, false
}

// Checks lists every check, in the order of the checklist.
func Checks() []Check { return append([]Check(nil), checks...) }

var checks = []Check{
	{"PR-001", "No secrets in code or git repository", Decided, 0},
	{"PR-002", "Environment variables documented in `.env.example`", Decided, 0},
	{"PR-003", "Configuration validated on startup", Corroborated, 0},
	{"PR-004", "Different configs for dev/staging/production", Decided, 0},
	{"PR-005", "Secrets rotated regularly (90-day max)", Corroborated, 90},
	{"PR-006", "Secrets accessed via secure vault (not env vars in prod)", Decided, 0},
	{"PR-007", "Feature flags for gradual rollouts", Corroborated, 180},
	{"PR-008", "Configuration changes don't require code deploy", Corroborated, 180},
	{"PR-009", "Structured logging in JSON format", Decided, 0},
	{"PR-010", "Log aggregation (ELK, Splunk, CloudWatch)", Decided, 0},
	{"PR-011", "Metrics collection (Prometheus, DataDog)", Decided, 0},
	{"PR-012", "Distributed tracing (Jaeger, Zipkin)", Decided, 0},
	{"PR-013", "Error tracking (Sentry, Rollbar)", Decided, 0},
	{"PR-014", "Real-time alerting configured", Decided, 0},
	{"PR-015", "Log retention policy defined (30-90 days)", Corroborated, 365},
	{"PR-016", "PII sanitization in logs", Decided, 0},
	{"PR-017", "Infrastructure as Code for all resources", Corroborated, 180},
	{"PR-018", "Remote state with locking (Terraform)", Decided, 0},
	{"PR-019", "Environment parity (dev matches prod)", Decided, 0},
	{"PR-020", "Automated validation in CI/CD", Decided, 0},
	{"PR-021", "Security scanning (tfsec, checkov)", Decided, 0},
	{"PR-022", "Cost monitoring and budgets", Corroborated, 90},
	{"PR-023", "Disaster recovery plan tested", Attested, 92},
	{"PR-024", "Infrastructure changes reviewed before apply", Corroborated, 180},
	{"PR-025", "Automated deployment pipeline (CI/CD)", Decided, 0},
	{"PR-026", "Deployment strategy documented (blue-green/canary/rolling)", Decided, 0},
	{"PR-027", "Rollback plan tested and documented", Corroborated, 90},
	{"PR-028", "Database migrations are reversible", Corroborated, PerRelease},
	{"PR-029", "Feature flags for risky changes", Corroborated, 180},
	{"PR-030", "Smoke tests run post-deployment", Decided, 0},
	{"PR-031", "Monitoring alerts active during deployment", Decided, 0},
	{"PR-032", "Deployment time window defined (off-peak hours)", Decided, 0},
	{"PR-033", "Rollback decision criteria defined", Decided, 0},
	{"PR-034", "Liveness probe configured (restart on failure)", Decided, 0},
	{"PR-035", "Readiness probe configured (remove from load balancer)", Decided, 0},
	{"PR-036", "Startup probe for slow-starting apps", Decided, 0},
	{"PR-037", "Health checks validate all critical dependencies", Decided, 0},
	{"PR-038", "Alerts configured for critical metrics", Decided, 0},
	{"PR-039", "On-call rotation defined", Attested, 90},
	{"PR-040", "Runbooks for common incidents", Decided, 0},
	{"PR-041", "Alert fatigue minimized (no flapping alerts)", Decided, 0},
	{"PR-042", "Automated daily backups", Corroborated, 31},
	{"PR-043", "Backups stored in different region/zone", Corroborated, 180},
	{"PR-044", "Backup restoration tested monthly", Corroborated, 31},
	{"PR-045", "Point-in-time recovery available (PITR)", Corroborated, 180},
	{"PR-046", "Backup encryption at rest", Corroborated, 365},
	{"PR-047", "Backup retention policy defined", Corroborated, 365},
	{"PR-048", "RTO and RPO defined for all systems", Decided, 0},
	{"PR-049", "Disaster recovery plan documented", Attested, 365},
	{"PR-050", "DR plan tested quarterly", Attested, 92},
	{"PR-051", "Automated failover for critical systems", Corroborated, 92},
	{"PR-052", "Multi-region deployment for HA", Decided, 0},
	{"PR-053", "Data replication across regions", Corroborated, 92},
	{"PR-054", "Emergency contact list maintained", Attested, 90},
	{"PR-055", "Post-mortem process defined", Corroborated, 180},
	{"PR-056", "Production environment provisioned", Decided, 0},
	{"PR-057", "Load balancer configured", Decided, 0},
	{"PR-058", "SSL/TLS certificates installed", Decided, 0},
	{"PR-059", "DNS configured", Decided, 0},
	{"PR-060", "CDN configured (if needed)", Decided, 0},
	{"PR-061", "Auto-scaling enabled", Decided, 0},
	{"PR-062", "Security scanning passed", Decided, 0},
	{"PR-063", "Penetration testing completed", Attested, 365},
	{"PR-064", "Access controls configured (RBAC)", Corroborated, 180},
	{"PR-065", "Secrets in vault (not env vars)", Decided, 0},
	{"PR-066", "HTTPS enforced", Decided, 0},
	{"PR-067", "Rate limiting enabled", Corroborated, 180},
	{"PR-068", "DDoS protection configured", Attested, 365},
	{"PR-069", "Database migrations tested", Corroborated, PerRelease},
	{"PR-070", "Data migration plan (if needed)", Attested, PerRelease},
	{"PR-071", "Backup/restore tested", Corroborated, 31},
	{"PR-072", "Database indexes created", Corroborated, PerRelease},
	{"PR-073", "Connection pooling configured", Decided, 0},
	{"PR-074", "Logging configured", Decided, 0},
	{"PR-075", "Metrics collection enabled", Decided, 0},
	{"PR-076", "Tracing configured", Decided, 0},
	{"PR-077", "Error tracking configured", Decided, 0},
	{"PR-078", "Alerts configured", Decided, 0},
	{"PR-079", "Dashboards created", Decided, 0},
	{"PR-080", "On-call rotation defined", Attested, 90},
	{"PR-081", "Load testing completed", Corroborated, 90},
	{"PR-082", "Performance benchmarks met", Decided, 0},
	{"PR-083", "Caching configured", Corroborated, 180},
	{"PR-084", "Static assets optimized", Decided, 0},
	{"PR-085", "Database queries optimized", Decided, 0},
	{"PR-086", "Deployment runbook created", Corroborated, 180},
	{"PR-087", "Rollback procedure tested", Corroborated, 90},
	{"PR-088", "Health checks configured", Decided, 0},
	{"PR-089", "Monitoring dashboard created", Decided, 0},
	{"PR-090", "Incident response plan defined", Attested, 180},
	{"PR-091", "Post-deployment verification plan", Decided, 0},
	{"PR-092", "Health checks passing", Decided, 0},
	{"PR-093", "Error rate normal (<1%)", Decided, 0},
	{"PR-094", "Response times normal (p95 < SLO)", Decided, 0},
	{"PR-095", "No critical alerts firing", Decided, 0},
	{"PR-096", "Sample transactions successful", Decided, 0},
	{"PR-097", "Resource utilization normal", Decided, 0},
	{"PR-098", "No memory leaks detected", Decided, 0},
	{"PR-099", "All background jobs running", Decided, 0},
	{"PR-100", "Database connections stable", Decided, 0},
	{"PR-101", "External integrations working", Decided, 0},
	{"PR-102", "Business metrics normal", Decided, 0},
	{"PR-103", "User feedback positive", Attested, PerRelease},
	{"PR-104", "No recurring errors", Decided, 0},
	{"PR-105", "Performance stable under load", Decided, 0},
	{"PR-106", "Cost within budget", Corroborated, PerRelease},
}
