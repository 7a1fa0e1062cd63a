package scrubguardextension

import "github.com/readygate/readygate/internal/guard"

// Config is the configuration of the extension. Each exemption is validated by
// itself; whether its pipeline exists is known when the gateway starts.
type Config struct {
	// AllowUnscrubbed names pipelines that may pass raw data, each with a reason.
	// They are logged as warnings at every start, and counted. Default: none.
	AllowUnscrubbed []guard.Exemption `mapstructure:"allow_unscrubbed"`
}
