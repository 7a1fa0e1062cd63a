package leaf

import "slices"

// Place is the kind of a slot. The set is small and closed, so that it can be
// the label of a metric.
type Place uint8

// The places of all signals. Where a place has keys, the key's own place
// follows its value's: key relies on it.
const (
	// SchemaURL is the schema URL of a resource or a scope.
	SchemaURL Place = iota
	// Entity is a resource's reference to an entity: type, schema URL, keys.
	Entity
	ResourceAttribute
	ResourceAttributeKey
	ScopeName
	ScopeVersion
	ScopeAttribute
	ScopeAttributeKey

	// The dictionary of profiles.

	// ProfileString is a string of the dictionary, whatever refers to it: the name
	// of a function, a file, a unit, an attribute's key.
	ProfileString
	ProfileAttribute
	// ProfileAttributeKey is a key of a map in an attribute of the dictionary.
	ProfileAttributeKey // the last that records share: shared relies on it

	// Traces.

	SpanName
	SpanStatus
	// TraceState is the W3C trace state of a span or a link.
	TraceState
	SpanAttribute
	SpanAttributeKey
	SpanEventName
	SpanEventAttribute
	SpanEventAttributeKey
	SpanLinkAttribute
	SpanLinkAttributeKey

	// Logs.

	SeverityText
	LogEventName
	LogBody
	// LogBodyKey is a key of a map in a structured log body.
	LogBodyKey
	LogAttribute
	LogAttributeKey

	// Metrics.

	MetricName
	MetricDescription
	MetricUnit
	MetricMetadata
	MetricMetadataKey
	DatapointAttribute
	DatapointAttributeKey
	ExemplarAttribute
	ExemplarAttributeKey

	// Profiles.

	// ProfilePayload is the profile in the format that it was collected in.
	ProfilePayload
	ProfilePayloadFormat

	places // the number of places
)

var placeNames = [places]string{
	SchemaURL:             "schema_url",
	Entity:                "entity",
	ResourceAttribute:     "resource_attribute",
	ResourceAttributeKey:  "resource_attribute_key",
	ScopeName:             "scope_name",
	ScopeVersion:          "scope_version",
	ScopeAttribute:        "scope_attribute",
	ScopeAttributeKey:     "scope_attribute_key",
	ProfileString:         "profile_string",
	ProfileAttribute:      "profile_attribute",
	ProfileAttributeKey:   "profile_attribute_key",
	SpanName:              "span_name",
	SpanStatus:            "span_status",
	TraceState:            "trace_state",
	SpanAttribute:         "span_attribute",
	SpanAttributeKey:      "span_attribute_key",
	SpanEventName:         "span_event_name",
	SpanEventAttribute:    "span_event_attribute",
	SpanEventAttributeKey: "span_event_attribute_key",
	SpanLinkAttribute:     "span_link_attribute",
	SpanLinkAttributeKey:  "span_link_attribute_key",
	SeverityText:          "severity_text",
	LogEventName:          "log_event_name",
	LogBody:               "log_body",
	LogBodyKey:            "log_body_key",
	LogAttribute:          "log_attribute",
	LogAttributeKey:       "log_attribute_key",
	MetricName:            "metric_name",
	MetricDescription:     "metric_description",
	MetricUnit:            "metric_unit",
	MetricMetadata:        "metric_metadata",
	MetricMetadataKey:     "metric_metadata_key",
	DatapointAttribute:    "datapoint_attribute",
	DatapointAttributeKey: "datapoint_attribute_key",
	ExemplarAttribute:     "exemplar_attribute",
	ExemplarAttributeKey:  "exemplar_attribute_key",
	ProfilePayload:        "profile_payload",
	ProfilePayloadFormat:  "profile_payload_format",
}

// String returns the snake_case name used in metrics and logs.
func (p Place) String() string {
	if p < places {
		return placeNames[p]
	}
	return "unknown"
}

// key returns the place of the keys of the map that p's values stand in.
func (p Place) key() Place { return p + 1 }

// shared reports whether p belongs to no single record, but to a resource, a
// scope or a dictionary.
func (p Place) shared() bool { return p <= ProfileAttributeKey }

// PlaceNames returns the names of all places, by their number.
func PlaceNames() []string { return slices.Clone(placeNames[:]) }
