package policy

import (
	"fmt"
	"maps"
	"slices"

	"github.com/readygate/readygate/internal/detect"
)

// card is the detector of which PCI DSS has rules.
const card = "payment_card"

// cards refuses to truncate card numbers here and to pseudonymise them there: who
// has both can guess the number (PCI DSS 4.0, 3.5.1, and 3.4.1 for what may stay).
// Presets, policies and places all count: what they write meets in one backend.
func (c *checker) cards(cfg *Config) {
	var truncated, hashed string // where that is said first
	note := func(path, name string) {
		switch action, _ := detect.ParseAction(name); {
		case action == detect.Partial && truncated == "":
			truncated = path
		case action == detect.Pseudonym && hashed == "":
			hashed = path
		}
	}
	for i, r := range cfg.resources() {
		own := ""
		if i < len(cfg.Policies) {
			own = fmt.Sprintf("policies[%d].", i)
		}
		s := cfg.settings(r)[card]
		if s.Enabled != nil && !*s.Enabled {
			continue
		}
		const path = "detectors." + card
		switch {
		case r.Detectors[card].Action != "":
			note(own+path+".action", s.Action)
		case r.Preset != "" && presets[r.Preset].detectors[card].Action != "":
			note(own+"preset", s.Action)
		case cfg.Detectors[card].Action != "":
			note(path+".action", s.Action)
		case s.Action != "":
			note("preset", s.Action)
		default:
			note("the default", detect.Partial.String())
		}
		for _, place := range slices.Sorted(maps.Keys(s.Places)) {
			at := path + ".places." + place
			if r.Detectors[card].Places[place] != "" {
				at = own + at
			}
			note(at, s.Places[place])
		}
	}
	if truncated != "" && hashed != "" {
		c.wrong(hashed, "payment_card is pseudonymised here and truncated by %s; together both let a card number be guessed (PCI DSS 3.5.1): use one of them", truncated)
	}
}
