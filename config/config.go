// Package config holds the gateway configurations that are shipped. It knows no
// Collector; config/embeddedprovider gives them to it.
package config

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

// Scheme is what a URI of a shipped configuration begins with, as in
// embedded:default.
const Scheme = "embedded"

//go:embed *.yaml
var files embed.FS

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

// Read returns a shipped configuration by its URI: the scheme, a colon, and its
// name without its ending. The error about an unknown one lists the known ones.
func Read(uri string) ([]byte, error) {
	name, ok := strings.CutPrefix(uri, Scheme+":")
	if !ok {
		return nil, fmt.Errorf("%q is not a URI of the provider %q", uri, Scheme)
	}
	content, err := files.ReadFile(name + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("got %q, allowed: %s:%s", uri, Scheme, strings.Join(Names(), ", "+Scheme+":"))
	}
	return content, nil
}
