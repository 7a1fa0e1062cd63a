package leaftest

import (
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/pprofile"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

// Signal is one kind of telemetry, for tests that do the same with all of them.
// The data is ptrace.Traces, plog.Logs, pmetric.Metrics or pprofile.Profiles.
type Signal struct {
	Name string
	// Fill returns data with something in every slot.
	Fill func() any
	// Encode returns what an exporter sends, Decode what a receiver makes of it.
	Encode func(data any) ([]byte, error)
	Decode func(request []byte) (any, error)
}

// AllSignals returns the [Signals] and profiles.
func AllSignals() []Signal {
	return append(Signals(), Signal{
		Name: "profiles",
		Fill: func() any { return Profiles() },
		Encode: func(data any) ([]byte, error) {
			// The marshaler moves strings of its argument to the dictionary.
			work := pprofile.NewProfiles()
			data.(pprofile.Profiles).CopyTo(work)
			return new(pprofile.ProtoMarshaler).MarshalProfiles(work)
		},
		Decode: func(b []byte) (any, error) { return new(pprofile.ProtoUnmarshaler).UnmarshalProfiles(b) },
	})
}

// Signals returns the stable signals: all but profiles.
func Signals() []Signal {
	return []Signal{
		{
			Name: "traces",
			Fill: func() any { return Traces() },
			Encode: func(data any) ([]byte, error) {
				return new(ptrace.ProtoMarshaler).MarshalTraces(data.(ptrace.Traces))
			},
			Decode: func(b []byte) (any, error) {
				request := ptraceotlp.NewExportRequest()
				err := request.UnmarshalProto(b)
				return request.Traces(), err
			},
		},
		{
			Name: "logs",
			Fill: func() any { return Logs() },
			Encode: func(data any) ([]byte, error) {
				return new(plog.ProtoMarshaler).MarshalLogs(data.(plog.Logs))
			},
			Decode: func(b []byte) (any, error) {
				request := plogotlp.NewExportRequest()
				err := request.UnmarshalProto(b)
				return request.Logs(), err
			},
		},
		{
			Name: "metrics",
			Fill: func() any { return Metrics() },
			Encode: func(data any) ([]byte, error) {
				return new(pmetric.ProtoMarshaler).MarshalMetrics(data.(pmetric.Metrics))
			},
			Decode: func(b []byte) (any, error) {
				request := pmetricotlp.NewExportRequest()
				err := request.UnmarshalProto(b)
				return request.Metrics(), err
			},
		},
	}
}
