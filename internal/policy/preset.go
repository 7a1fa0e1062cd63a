package policy

import (
	"maps"
	"slices"

	"github.com/readygate/readygate/internal/detect"
)

// preset is what a preset changes.
type preset struct {
	summary   string
	packs     []string
	detectors map[string]DetectorConfig
}

// possible makes a detector act on shapes alone.
var possible = DetectorConfig{Confidence: detect.Possible.String()}

// presets are the starting points.
var presets = map[string]preset{
	"default": {
		summary: "the detectors that are on by default, each with its own action",
	},
	"pci": {
		summary: "cards by their shape alone, with no more than the last four digits kept; security codes, expiry dates and track data masked",
		detectors: map[string]DetectorConfig{
			"payment_card": {Action: "partial", Confidence: possible.Confidence},
			"card_cvv":     possible,
			"card_expiry":  possible,
			"card_track":   possible,
		},
	},
	"gdpr": {
		summary: "addresses of people and machines, identifiers of people and devices, national identifiers of Europe",
		packs:   []string{"gdpr", "eu", "uk"},
	},
	"hipaa": {
		summary: "the identifiers of the Safe Harbor method, 45 CFR 164.514(b)(2), that have a shape or a key",
		packs:   []string{"hipaa", "us", "gdpr"},
	},
	"strict": {
		summary: "every pack; what is tagged elsewhere is masked",
		packs:   detect.Packs(),
		detectors: map[string]DetectorConfig{
			"generic_high_entropy": {Action: "mask"},
			"payment_card":         {Action: "mask", Confidence: possible.Confidence},
			"us_ssn":               possible,
			"phone_national":       possible,
		},
	},
}

// Presets returns the names of the presets.
func Presets() []string { return slices.Sorted(maps.Keys(presets)) }

// PresetSummary says in one phrase what a preset does.
func PresetSummary(name string) string { return presets[name].summary }

// PresetPacks returns the packs that a preset switches on.
func PresetPacks(name string) []string { return slices.Clone(presets[name].packs) }

// PresetDetectors returns the names of the detectors that a preset changes, in
// order.
func PresetDetectors(name string) []string { return slices.Sorted(maps.Keys(presets[name].detectors)) }
