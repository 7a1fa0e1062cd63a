//go:build race

package redconnector

// underRace is whether the race detector is on. Under it sync.Pool forgets on purpose, so
// that nothing can be said about allocations; make test runs those tests without it.
const underRace = true
