//go:build !race

package scrubprocessor

const underRace = false
