package release

import (
	"fmt"

	"github.com/readygate/readygate/alerts/internal/rule"
	"github.com/readygate/readygate/internal/telemetry"
)

// slowerRecordings compare the shares of requests of canary and stable that take longer
// than a bound, as [zscore] does: where buckets are wide, a handful of requests that
// fall into the next one moves a percentile by half. The bounds are those on both sides
// of stable's 95th percentile. Buckets are rates of all of
// them, and all that of the last, which has all requests.
func slowerRecordings(buckets, all string) []rule.Recording {
	var (
		by     = rule.Identity()
		bounds = rule.Identity(telemetry.Bound)
		// A gateway may spell le="1", and another le="1.0".
		bound = fmt.Sprintf(`label_replace(%s, %q, "$1", %q, "(.+?)([.]0)?")`, buckets, telemetry.Bound, telemetry.Bucket)
		side  = func(release string) string {
			return fmt.Sprintf("%s{%s=%q}", telemetry.CanarySlower, telemetry.Canary, release)
		}
		stable    = side(telemetry.StableRelease)
		delta     = fmt.Sprintf("(%s - ignoring (%s) %s)", side(telemetry.CanaryRelease), telemetry.Canary, stable)
		deviation = fmt.Sprintf("sqrt(%s * (1 - %[1]s) * ignoring (%s) group_left () sum by (%s) (1 / (%s > 0)))",
			telemetry.CanarySlowerPooled, telemetry.Bound, by, telemetry.CanaryRequests)
		next = func(aggregation, to string) string {
			return fmt.Sprintf("%s == on (%s) group_left () %s by (%[2]s) (%[1]s %[4]s)", stable, by, aggregation, to)
		}
	)
	return []rule.Recording{
		{
			Name: telemetry.CanarySlower, Carries: append(telemetry.ServiceIdentity(), telemetry.Canary, telemetry.Bound),
			Expr: fmt.Sprintf(`1 - sum by (%s) (%s) / ignoring (%s) group_left () (sum by (%s) (%s) > 0)`,
				rule.Identity(telemetry.Canary, telemetry.Bound), bound, telemetry.Bound, rule.Identity(telemetry.Canary), all),
		},
		{
			Name: telemetry.CanarySlowerPooled, Carries: append(telemetry.ServiceIdentity(), telemetry.Bound),
			Expr: fmt.Sprintf("sum by (%s) (%s * ignoring (%s) group_left () %s) / ignoring (%[3]s) group_left () (sum by (%[5]s) (%[4]s) > 0)",
				bounds, telemetry.CanarySlower, telemetry.Bound, telemetry.CanaryRequests, by),
		},
		{
			Name: telemetry.CanarySlowerZ, Carries: telemetry.ServiceIdentity(),
			Expr: fmt.Sprintf("max by (%s) (%s / (%s > 0) and on (%s) (%s or %s))", by, delta, deviation, bounds, next("max", "<= 0.05"), next("min", "> 0.05")),
		},
	}
}
