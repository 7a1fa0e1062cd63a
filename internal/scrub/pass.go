// Package scrub takes telemetry through the detectors: it joins leaf, which knows
// every slot, with policy, which knows what must not stay in one. The gateway's
// processor and readyctl scrub with it, so that both do the same.
package scrub

import (
	"math"
	"strconv"
	"unsafe"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/policy"
)

// maxNumber is the length of the longest double in decimal notation, with sign.
const maxNumber = 344

// Scan is the one call of the detectors. Tests put one in its place that panics.
type Scan func(s *detect.Scanner, dst []detect.Finding, v detect.Value, rules *detect.Rules) (string, []detect.Finding, detect.Reason)

// Reporter is told what is found. It sees no value and no key.
type Reporter interface {
	// Scanned is told about each text that is looked at, by its size.
	Scanned(bytes int)
	// Found is told about each finding, whatever its action is. Where nothing is
	// enforced, the action is what would have been done.
	Found(at leaf.Place, f detect.Finding)
	// Unscannable is told about each value that could not be scanned.
	Unscannable(at leaf.Place, reason detect.Reason)
	// Panicked is told that a detector panicked. The stack still shows where.
	Panicked()
}

// Options say how telemetry is scrubbed.
type Options struct {
	Policies *policy.Set
	// Enforce makes findings go; without it they are only reported.
	Enforce bool
	// MaxValueBytes is the size up to which a value or a key is scanned; a larger
	// one is replaced as a whole.
	MaxValueBytes int
	// MaxDepth is how deep arrays and maps may be nested, as in leaf.NewWalker.
	MaxDepth int
	// Scan is detect.Scanner.Scrub, but for tests.
	Scan Scan
}

// NewWalker returns a walker that scrubs one batch after the other. It is for one
// goroutine at a time, as the reporter is.
func NewWalker(o Options, r Reporter) *leaf.Walker {
	return leaf.NewWalker(&pass{Options: o, policy: o.Policies.Default(), report: r}, o.MaxDepth)
}

// pass is the visitor that scrubs.
type pass struct {
	Options
	policy *policy.Policy // of the current resource
	report Reporter

	// key is the key that was asked about last, and class what it says: a value is
	// visited right before its key.
	key   string
	class detect.KeyClass

	findings []detect.Finding // of the current value
	number   [maxNumber]byte  // the text of the current number
}

// Resource implements leaf.Visitor: it chooses the policy.
func (p *pass) Resource(attributes pcommon.Map) {
	p.key, p.class = "", detect.KeyClass{}
	p.policy = p.Policies.For(func(attribute string) (string, bool) {
		v, ok := attributes.Get(attribute)
		if !ok {
			return "", false
		}
		return v.AsString(), true
	})
}

// Text implements leaf.Visitor.
func (p *pass) Text(at leaf.Slot, value string) (string, leaf.Outcome) { return p.scrub(at, value) }

// Key implements leaf.Visitor. The keys around a key do not count: what stands
// in a map named "credentials" is secret, not what it is called.
func (p *pass) Key(at leaf.Slot, key string) (string, leaf.Outcome) {
	if len(key) <= p.MaxValueBytes && !p.tainted(key) {
		p.report.Scanned(len(key))
		return "", leaf.Keep
	}
	return p.scrub(leaf.Slot{Place: at.Place}, key)
}

// Bytes implements leaf.Visitor. Bytes are scanned as text whether or not they
// are valid UTF-8.
func (p *pass) Bytes(at leaf.Slot, value pcommon.ByteSlice) ([]byte, leaf.Outcome) {
	if value.Len() > p.MaxValueBytes { // before it is copied
		marker, outcome := p.unscannable(at, detect.TooLarge)
		return []byte(marker), outcome
	}
	raw := value.AsRaw()
	if unpacked, ok := unpack(raw, p.MaxValueBytes); ok {
		return p.packed(at, unpacked)
	}
	scrubbed, outcome := p.scrub(at, view(raw))
	if outcome != leaf.Replace {
		return nil, outcome
	}
	return []byte(scrubbed), leaf.Replace
}

// Int implements leaf.Visitor: a number with a finding becomes what the action
// leaves of it if that is a number, and 0 otherwise.
func (p *pass) Int(at leaf.Slot, value int64) (int64, leaf.Outcome) {
	if value == 0 || value > 0 && value < maxCount && p.small(at) {
		return 0, leaf.Keep
	}
	scrubbed, outcome := p.scrub(at, view(strconv.AppendInt(p.number[:0], value, 10)))
	if outcome != leaf.Replace {
		return 0, outcome
	}
	left, err := strconv.ParseInt(scrubbed, 10, 64)
	if err != nil {
		left = 0
	}
	return left, leaf.Replace
}

// maxCount bounds numbers that are too short for a scan, countDigits is their length
// and one more.
const (
	maxCount    = 10_000
	countDigits = 5
)

// small reports whether a number below maxCount needs no scan: no rule finds so short a
// text, and no key says anything. What stands behind the point of a double is never
// more than possible.
func (p *pass) small(at leaf.Slot) bool {
	return p.policy.Scanner.Shortest() >= countDigits && !p.keyed(at)
}

// keyed reports whether some key above a value says something about it. Where the
// scanner panics, the scan will tell.
func (p *pass) keyed(at leaf.Slot) (keyed bool) {
	defer func() {
		if recover() != nil {
			keyed = true
		}
	}()
	for _, key := range at.Keys {
		if len(key) > maxShortKey || p.ask(key) != (detect.KeyClass{}) {
			return true
		}
	}
	return false
}

// maxShortKey bounds the keys that are asked about outside of redact.
const maxShortKey = 256

// Double implements leaf.Visitor, as Int does.
func (p *pass) Double(at leaf.Slot, value float64) (float64, leaf.Outcome) {
	if value == 0 || math.IsNaN(value) || math.IsInf(value, 0) || math.Abs(value) < maxCount && p.small(at) {
		return 0, leaf.Keep
	}
	scrubbed, outcome := p.scrub(at, view(strconv.AppendFloat(p.number[:0], value, 'f', -1, 64)))
	if outcome != leaf.Replace {
		return 0, outcome
	}
	left, err := strconv.ParseFloat(scrubbed, 64)
	if err != nil {
		left = 0
	}
	return left, leaf.Replace
}

// Deep implements leaf.Visitor.
func (p *pass) Deep(at leaf.Slot) (string, leaf.Outcome) {
	return p.unscannable(at, detect.TooDeep)
}

// view returns b as a string without a copy. The scanner keeps nothing of a
// value, and b is not written to while the value is scanned.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// scrub returns what value becomes.
func (p *pass) scrub(at leaf.Slot, value string) (string, leaf.Outcome) {
	if len(value) > p.MaxValueBytes {
		return p.unscannable(at, detect.TooLarge)
	}
	p.report.Scanned(len(value))
	scrubbed, outcome, reason := p.redact(at, value)
	if reason != "" {
		return p.unscannable(at, reason)
	}
	return scrubbed, outcome
}

// redact returns value without what was found in it, or the reason why that
// could not be told. It contains a panic of the scanner to this value.
func (p *pass) redact(at leaf.Slot, value string) (scrubbed string, outcome leaf.Outcome, reason detect.Reason) {
	defer func() {
		if recover() != nil {
			reason = detect.Panicked
			p.report.Panicked()
		}
	}()

	v := detect.Value{Text: value}
	for _, key := range at.Keys {
		if len(key) > p.MaxValueBytes {
			return "", leaf.Keep, detect.TooLarge // not even its key can be read
		}
		v.Key = v.Key.With(p.classOf(key))
	}
	if v.Key.Command() && at.Before != "" {
		v.Key = v.Key.With(p.policy.Scanner.Argument(at.Before))
	}
	if v.Key.Query() {
		v.System = system(at)
	}
	scrubbed, findings, reason := p.Scan(p.policy.Scanner, p.findings[:0], v, p.policy.Rules(int(at.Place)))
	p.findings = findings
	outcome = leaf.Keep
	for _, f := range findings {
		if p.Enforce {
			outcome = max(outcome, outcomes[f.Action])
		}
		p.report.Found(at.Place, f)
	}
	return scrubbed, outcome, reason
}

// outcomes are what the actions mean to the walker.
var outcomes = map[detect.Action]leaf.Outcome{
	detect.Mask: leaf.Replace, detect.Partial: leaf.Replace, detect.Pseudonym: leaf.Replace, detect.DropValue: leaf.Replace,
	detect.DropAttribute: leaf.DropAttribute, detect.DropRecord: leaf.DropRecord,
}

// system returns the database that a query is for, by the attribute beside it.
func system(at leaf.Slot) string {
	for _, name := range [...]string{"db.system.name", "db.system"} {
		if s, ok := at.Sibling(name); ok {
			return s
		}
	}
	if at.Keys[len(at.Keys)-1] == "graphql.document" {
		return "graphql"
	}
	return ""
}

// classOf returns what key says about the values under it. A key that will itself
// be redacted counts as it is and as it will be: the next gateway sees only the
// latter, and must find nothing that this one did not.
func (p *pass) classOf(key string) detect.KeyClass {
	scanner := p.policy.Scanner
	class := p.ask(key)
	if class.Tainted() {
		scrubbed, _, _ := p.Scan(scanner, nil, detect.Value{Text: key}, p.policy.Rules(0))
		class = class.With(scanner.Key(scrubbed))
	}
	return class
}

// ask asks the scanner about a key, unless it was the last one.
func (p *pass) ask(key string) detect.KeyClass {
	if unsafe.StringData(key) != unsafe.StringData(p.key) || len(key) != len(p.key) {
		p.key, p.class = key, p.policy.Scanner.Key(key)
	}
	return p.class
}

// tainted reports whether something must be redacted in key itself. Unlike a
// scan, the scanner remembers it. Where it panics, the scan will tell.
func (p *pass) tainted(key string) (tainted bool) {
	defer func() {
		if recover() != nil {
			tainted = true
		}
	}()
	return p.ask(key).Tainted()
}

// unscannable reports a value that could not be scanned and returns what takes
// its place.
func (p *pass) unscannable(at leaf.Slot, reason detect.Reason) (string, leaf.Outcome) {
	p.report.Unscannable(at.Place, reason)
	if !p.Enforce {
		return "", leaf.Keep
	}
	return detect.Unscannable(reason), leaf.Replace
}
