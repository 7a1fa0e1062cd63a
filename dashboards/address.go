package dashboards

// The uids of the dashboards over all services. Links depend on them.
const (
	readinessUID  = tag + "-readiness"
	redUID        = tag + "-red"
	sloUID        = tag + "-slo"
	saturationUID = tag + "-saturation"
	workUID       = tag + "-work"
	businessUID   = tag + "-business"
	releaseUID    = tag + "-release"
	recoveryUID   = tag + "-recovery"
	gatewayUID    = tag + "-gateway"
	qualityUID    = tag + "-quality"
)

// titles by uid; links say them.
var titles = map[string]string{
	readinessUID:  "Production readiness",
	redUID:        "RED per service",
	sloUID:        "SLO and error budget",
	saturationUID: "Saturation",
	workUID:       "Dependencies and jobs",
	businessUID:   "Business",
	releaseUID:    "Canary and release",
	recoveryUID:   "Backups and compliance",
	gatewayUID:    "Gateway",
	qualityUID:    "Alert quality",
}

// ofFamily are the dashboards that show what the families of alerts are about.
var ofFamily = map[string]string{
	"red":          redUID,
	"availability": redUID,
	"slo":          sloUID,
	"work":         workUID,
	"saturation":   saturationUID,
	"node":         saturationUID,
	"business":     businessUID,
	"release":      releaseUID,
	"recovery":     recoveryUID,
	"gateway":      gatewayUID,
	"meta":         qualityUID,
}

// URL returns the address of the dashboard for a family of alerts, on a Grafana; of
// none, if it is unknown where that is. Variables of the dashboards are named as the
// labels of services.
func URL(grafana string) func(family string) string {
	return func(family string) string {
		if grafana == "" {
			return ""
		}
		return grafana + "/d/" + ofFamily[family]
	}
}
