//go:build !race

package businessconnector

const underRace = false
