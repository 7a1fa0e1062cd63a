package detect

import "sync"

// moreFakes are functions that add to the look-alikes of fakes.
var moreFakes []func() map[string]string

// allFakes are those of fakes, made once.
var allFakes = sync.OnceValue(fakes)
