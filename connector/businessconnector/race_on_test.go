//go:build race

package businessconnector

// underRace is whether the race detector is on. Under it sync.Pool forgets on purpose, so
// that nothing can be said about allocations, and everything takes ten times as long;
// make test runs those tests without it.
const underRace = true
