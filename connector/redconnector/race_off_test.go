//go:build !race

package redconnector

const underRace = false
