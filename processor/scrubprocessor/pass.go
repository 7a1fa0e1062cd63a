package scrubprocessor

import (
	"math"
	"strconv"
	"unsafe"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.uber.org/zap"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/leaf"
)

// maxNumber is the length of the longest double in decimal notation, with sign.
const maxNumber = 344

// pass is the visitor that takes one batch after the other through the scanner.
// It is for one goroutine at a time.
type pass struct {
	scanner scanner
	enforce bool
	maxSize int // of a value, in bytes

	walker   *leaf.Walker
	tally    tally
	findings []detect.Finding // of the current value
	number   [maxNumber]byte  // the text of the current number
}

func newPass(cfg *Config, scan scanner) *pass {
	p := &pass{
		scanner: scan,
		enforce: cfg.Mode == Enforce,
		maxSize: cfg.MaxValueBytes,
		tally:   newTally(),
	}
	p.walker = leaf.NewWalker(p, cfg.MaxDepth)
	return p
}

// Text implements leaf.Visitor.
func (p *pass) Text(at leaf.Slot, value string) (string, bool) {
	return p.scrub(at.Place, at.Keys, value)
}

// Key implements leaf.Visitor. The keys around a key do not count: what stands
// in a map named "credentials" is secret, not what it is called.
func (p *pass) Key(at leaf.Slot, key string) (string, bool) {
	if len(key) <= p.maxSize && !p.tainted(key) {
		p.tally.bytes += int64(len(key))
		return "", false
	}
	return p.scrub(at.Place, nil, key)
}

// Bytes implements leaf.Visitor. Bytes are scanned as text whether or not they
// are valid UTF-8.
func (p *pass) Bytes(at leaf.Slot, value pcommon.ByteSlice) ([]byte, bool) {
	if value.Len() > p.maxSize {
		marker, replace := p.unscannable(detect.TooLarge)
		return []byte(marker), replace
	}
	scrubbed, changed := p.scrub(at.Place, at.Keys, view(value.AsRaw()))
	if !changed {
		return nil, false
	}
	return []byte(scrubbed), true
}

// Int implements leaf.Visitor: a number with a finding becomes 0.
func (p *pass) Int(at leaf.Slot, value int64) (int64, bool) {
	if value == 0 {
		return 0, false
	}
	_, changed := p.scrub(at.Place, at.Keys, view(strconv.AppendInt(p.number[:0], value, 10)))
	return 0, changed
}

// Double implements leaf.Visitor: a number with a finding becomes 0.
func (p *pass) Double(at leaf.Slot, value float64) (float64, bool) {
	if value == 0 || math.IsNaN(value) || math.IsInf(value, 0) {
		return 0, false
	}
	_, changed := p.scrub(at.Place, at.Keys, view(strconv.AppendFloat(p.number[:0], value, 'f', -1, 64)))
	return 0, changed
}

// Deep implements leaf.Visitor.
func (p *pass) Deep(leaf.Slot) (string, bool) { return p.unscannable(detect.TooDeep) }

// view returns b as a string without a copy. The scanner keeps nothing of a
// value, and b is not written to while the value is scanned.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// scrub returns what value becomes, and whether that is something else. keys are
// those above the value.
func (p *pass) scrub(place leaf.Place, keys []string, value string) (string, bool) {
	if len(value) > p.maxSize {
		return p.unscannable(detect.TooLarge)
	}
	p.tally.bytes += int64(len(value))
	scrubbed, reason := p.redact(place, keys, value)
	if reason != "" {
		return p.unscannable(reason)
	}
	return scrubbed, scrubbed != value
}

// redact returns value without what was found in it, or the reason why that
// could not be told. It contains a panic of the scanner to this value.
func (p *pass) redact(place leaf.Place, keys []string, value string) (scrubbed string, reason detect.Reason) {
	defer func() {
		if recover() != nil {
			reason = detect.Panicked
			p.tally.panicked(zap.Stack("").String)
		}
	}()

	var class detect.KeyClass
	for _, key := range keys {
		if len(key) > p.maxSize {
			return "", detect.TooLarge // not even its key can be read
		}
		class |= p.class(key)
	}
	scrubbed, findings, settled := p.scanner.Scrub(p.findings[:0], class, value)
	p.findings = findings
	for _, f := range findings {
		p.tally.findings[finding{f.Detector, place, f.Confidence, f.Acts() && p.enforce}]++
	}
	switch {
	case !settled:
		return "", detect.Unstable
	case !p.enforce:
		return value, ""
	}
	return scrubbed, ""
}

// class returns what key says about the values under it. A key that will itself
// be redacted counts as it is and as it will be: the next gateway sees only the
// latter, and must find nothing that this one did not.
func (p *pass) class(key string) detect.KeyClass {
	class := p.scanner.Key(key)
	if class.Tainted() {
		scrubbed, _, _ := p.scanner.Scrub(nil, 0, key)
		class |= p.scanner.Key(scrubbed)
	}
	return class
}

// tainted reports whether something must be redacted in key itself. Unlike a
// scan, the scanner remembers it. Where it panics, the scan will tell.
func (p *pass) tainted(key string) (tainted bool) {
	defer func() {
		if recover() != nil {
			tainted = true
		}
	}()
	return p.scanner.Key(key).Tainted()
}

// unscannable counts a value that could not be scanned and returns what takes
// its place.
func (p *pass) unscannable(reason detect.Reason) (string, bool) {
	p.tally.unscannable[reason]++
	return detect.Unscannable(reason), p.enforce
}
