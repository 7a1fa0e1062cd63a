// Package embeddedprovider gives the shipped configurations to the Collector, so
// that the program runs without any file: readygate --config embedded:default.
package embeddedprovider

import (
	"context"

	"go.opentelemetry.io/collector/confmap"

	"github.com/readygate/readygate/config"
)

// NewFactory returns a provider of the URIs that [config.Read] knows.
func NewFactory() confmap.ProviderFactory {
	return confmap.NewProviderFactory(func(confmap.ProviderSettings) confmap.Provider { return provider{} })
}

type provider struct{}

func (provider) Scheme() string { return config.Scheme }

func (provider) Shutdown(context.Context) error { return nil }

func (provider) Retrieve(_ context.Context, uri string, _ confmap.WatcherFunc) (*confmap.Retrieved, error) {
	content, err := config.Read(uri)
	if err != nil {
		return nil, err
	}
	return confmap.NewRetrievedFromYAML(content)
}
