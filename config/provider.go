// Package config holds the gateway configurations that are shipped, and the
// provider that gives them to the Collector, so that the program runs without any
// file: readygate --config embedded:default.
package config

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"go.opentelemetry.io/collector/confmap"
)

const scheme = "embedded"

//go:embed *.yaml
var files embed.FS

// NewFactory returns a provider for the scheme "embedded". The rest of the URI is
// the name of a shipped configuration without its ending; an unknown one is an
// error that lists the known ones.
func NewFactory() confmap.ProviderFactory {
	return confmap.NewProviderFactory(func(confmap.ProviderSettings) confmap.Provider { return provider{} })
}

// Names lists the shipped configurations.
func Names() []string {
	found, err := fs.Glob(files, "*.yaml")
	if err != nil {
		panic(err) // the pattern is constant
	}
	for i := range found {
		found[i] = strings.TrimSuffix(found[i], ".yaml")
	}
	return found
}

type provider struct{}

func (provider) Scheme() string { return scheme }

func (provider) Shutdown(context.Context) error { return nil }

func (provider) Retrieve(_ context.Context, uri string, _ confmap.WatcherFunc) (*confmap.Retrieved, error) {
	name, ok := strings.CutPrefix(uri, scheme+":")
	if !ok {
		return nil, fmt.Errorf("%q is not a URI of the provider %q", uri, scheme)
	}
	content, err := files.ReadFile(name + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("got %q, allowed: %s:%s", uri, scheme, strings.Join(Names(), ", "+scheme+":"))
	}
	return confmap.NewRetrievedFromYAML(content)
}
