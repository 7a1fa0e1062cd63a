package main

import (
	"errors"
	"os"

	"github.com/readygate/readygate/internal/catalog"
)

// loadCatalog reads a services file; without one, the catalog is the checklist's.
// The error shows each problem in its line.
func loadCatalog(path string) (catalog.Catalog, error) {
	if path == "" {
		return catalog.Default(), nil
	}
	c, err := catalog.Load(path)
	var problems catalog.Problems
	if !errors.As(err, &problems) {
		return c, err
	}
	source, unread := os.ReadFile(path)
	if unread != nil {
		return c, err // it was there a moment ago
	}
	return c, errors.New(problems.Underlined(source))
}
