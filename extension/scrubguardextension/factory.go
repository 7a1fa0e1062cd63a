package scrubguardextension

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension"

	"github.com/readygate/readygate/extension/scrubguardextension/internal/metadata"
)

// NewFactory returns the factory of the extension.
func NewFactory() extension.Factory {
	return extension.NewFactory(metadata.Type, createDefaultConfig, create, metadata.ExtensionStability)
}

func createDefaultConfig() component.Config { return new(Config) }

func create(_ context.Context, set extension.Settings, _ component.Config) (extension.Extension, error) {
	return newScrubGuard(set)
}
