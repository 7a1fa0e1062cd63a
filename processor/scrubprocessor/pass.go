package scrubprocessor

import (
	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/policy"
	"github.com/readygate/readygate/internal/scrub"
)

// pass takes one batch after the other through the scanner. It is for one
// goroutine at a time.
type pass struct {
	walker *leaf.Walker
	tally  tally
}

func newPass(cfg *Config, policies *policy.Set, scan scrub.Scan) *pass {
	p := &pass{tally: newTally(cfg.Mode == Enforce)}
	p.walker = scrub.NewWalker(scrub.Options{
		Policies:      policies,
		Enforce:       cfg.Mode == Enforce,
		MaxValueBytes: cfg.MaxValueBytes,
		MaxDepth:      cfg.MaxDepth,
		Scan:          scan,
	}, &p.tally)
	return p
}
