package series

import (
	"strings"
	"unicode/utf8"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/internal/telemetry"
)

// MaxLabelValue bounds a label value, in bytes. Longer values are cut: names of
// services, versions and routes stay far below, and the limits on series are
// a bound on memory only if each series is bounded.
const MaxLabelValue = 256

// Identity is who a series is about: the labels that come from the resource of
// the telemetry. An empty field is a label that is absent. It is comparable,
// and made to be a map key.
type Identity struct {
	Service     string
	Namespace   string
	Environment string
	Version     string
	Canary      string // telemetry.CanaryRelease, StableRelease or absent
}

// IdentityOf reads the identity from the resource's attributes, in one pass.
// Telemetry without service.name belongs to telemetry.UnknownService.
//
// The fields borrow from the resource: Clone what outlives it.
func IdentityOf(resource pcommon.Resource) Identity {
	var id Identity
	var olderEnvironment string
	for name, value := range resource.Attributes().All() {
		switch name {
		case "service.name":
			id.Service = LabelValue(value.AsString())
		case "service.namespace":
			id.Namespace = LabelValue(value.AsString())
		case "service.version":
			id.Version = LabelValue(value.AsString())
		case "deployment.environment.name":
			id.Environment = LabelValue(value.AsString())
		case "deployment.environment":
			olderEnvironment = LabelValue(value.AsString())
		}
	}
	if id.Environment == "" {
		id.Environment = olderEnvironment
	}
	if id.Service == "" {
		id.Service = telemetry.UnknownService
	}
	return id
}

// Clone returns a copy that borrows nothing.
func (id Identity) Clone() Identity {
	return Identity{
		Service:     strings.Clone(id.Service),
		Namespace:   strings.Clone(id.Namespace),
		Environment: strings.Clone(id.Environment),
		Version:     strings.Clone(id.Version),
		Canary:      strings.Clone(id.Canary),
	}
}

// PutLabels adds the identity's labels to the attributes of a data point.
// A label that is absent is not set.
func (id Identity) PutLabels(attributes pcommon.Map) {
	attributes.PutStr(telemetry.Service, id.Service)
	if id.Namespace != "" {
		attributes.PutStr(telemetry.ServiceNamespace, id.Namespace)
	}
	if id.Environment != "" {
		attributes.PutStr(telemetry.Environment, id.Environment)
	}
	if id.Version != "" {
		attributes.PutStr(telemetry.Version, id.Version)
	}
	if id.Canary != "" {
		attributes.PutStr(telemetry.Canary, id.Canary)
	}
}

// LabelValue returns s as a value that every backend accepts: at most
// MaxLabelValue bytes of valid UTF-8. It allocates only to repair.
func LabelValue(s string) string {
	if len(s) > MaxLabelValue {
		end := MaxLabelValue
		for end > MaxLabelValue-utf8.UTFMax && !utf8.RuneStart(s[end]) {
			end--
		}
		s = s[:end]
	}
	if utf8.ValidString(s) {
		return s
	}
	// "_" and not U+FFFD: the replacement must not make the value longer.
	return strings.ToValidUTF8(s, "_")
}
