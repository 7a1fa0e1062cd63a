// Package detect finds secrets and personal data in text: a value in, findings
// out. It knows no telemetry; callers bring one value at a time and, where
// there is one, the class of the key that the value stands under.
//
// A scan runs in four steps, none of which uses a regular expression:
//
//  1. one pass over the bytes finds triggers: literal anchors (token prefixes
//     such as "AKIA"), groups of digits, '@', "://", and the key-value operators
//     '=' and ':';
//  2. the detectors of a trigger verify the candidate in a bounded window, then
//     by checksum or structure, then weigh the context around it;
//  3. overlapping findings are merged (see [Scanner.Scan]);
//  4. [Scanner.Scrub] rebuilds the text by offsets.
//
// Text that was already redacted is recognised by its markers and left alone,
// so scrubbing twice gives what scrubbing once gave.
//
// The package is used through a [Scanner]; everything in it is safe for
// concurrent use.
package detect

// Confidence says how sure a finding is. Values of [Likely] and above are acted
// upon unless the rules say otherwise; [Possible] ones are counted only.
type Confidence uint8

// The levels of confidence, ascending.
const (
	// Possible is a shape without further evidence, or one that its context
	// speaks against.
	Possible Confidence = iota + 1
	// Likely is a weak checksum or a shape that its context or key confirms.
	Likely
	// Certain is a structural prefix or a strong checksum: at most 1 % of random
	// candidates would be accepted.
	Certain
)

// ParseConfidence returns the confidence of a word that String returns.
func ParseConfidence(word string) (Confidence, bool) {
	for c := Possible; c <= Certain; c++ {
		if c.String() == word {
			return c, true
		}
	}
	return 0, false
}

// String returns the lower-case word used in metrics and reports.
func (c Confidence) String() string {
	switch c {
	case Possible:
		return "possible"
	case Likely:
		return "likely"
	case Certain:
		return "certain"
	}
	return "none"
}

// raised is one level surer, lowered one level less sure.
func (c Confidence) raised() Confidence  { return min(c+1, Certain) }
func (c Confidence) lowered() Confidence { return max(c-1, Possible) }

// Finding is one sensitive span of a value. Start and End are byte offsets, End
// exclusive. Findings of one scan are sorted and do not overlap.
type Finding struct {
	Start, End int
	Detector   *Detector
	Confidence Confidence
	// Action is what the rules of the scan say about it; a matcher leaves it open.
	Action Action

	// quote is the delimiter to put around the marker where a bare JSON literal
	// is replaced, so that valid JSON stays valid; empty elsewhere.
	quote string
	// literal stands in place of what was found, whatever the action that masks;
	// empty for the marker.
	literal string
	// widened marks a finding that was merged with others beyond its own end, so
	// that its last characters are not its own to keep.
	widened bool
}

// Acts reports whether the finding changes the value.
func (f Finding) Acts() bool { return f.Action > Tag }

// trigger is a structural reason to look at a place in the text. The scanner
// finds triggers in its one pass; a detector names those it wants.
type trigger uint8

const (
	// onAt fires at each '@', also as %40 and \u0040.
	onAt trigger = 1 << iota
	// onScheme fires at the ':' of "://".
	onScheme
	// onDashes fires at a value that begins with "--".
	onDashes
	// onParameter fires at the '=' of a parameter in a URL: ?name= or &name=.
	onParameter
)

// candidate is a place at which a detector is asked to look. It is valid during
// the call only.
type candidate struct {
	text string
	// at is the offset of the trigger: the first byte of the anchor, of the group
	// of digits, of the '@', of "://", or of the operator; end is the one behind it.
	at, end int
	// key is what the keys above the text say about it.
	key KeyClass
	// name is the key left of the operator, for onParameter.
	name string

	pass     *pass
	detector *Detector
}

// Detector finds one kind of secret or personal data. Detectors are immutable;
// each is declared in a file of its own and listed in [Builtin].
type Detector struct {
	// Name is the detector's name in snake_case, as it stands in markers, in
	// metrics and in configurations.
	Name string
	// Summary says in one phrase what is found.
	Summary string
	// Evidence says in one phrase what makes a candidate a finding: the check digit,
	// the structure, the context that it needs.
	Evidence string
	// Packs are the opt-in packs that switch the detector on, of [Packs]; a
	// detector without packs is on by default.
	Packs []string
	// Default is the action where the rules name none; the zero value is [Mask],
	// or [Partial] where Keeps is set.
	Default Action
	// Keeps is how many of the last characters [Partial] leaves readable inside the
	// marker, 0 for none.
	Keeps int

	// anchors are literals, of three bytes at least and in exact case, at which
	// the detector looks.
	anchors []string
	// triggers are the structural places at which the detector looks.
	triggers trigger
	// digits are the lengths of the groups of digits at which the detector looks.
	digits []int
	// joins are the bytes one of which must follow a group of up to 5 digits, which is
	// the first of several; empty means any.
	joins string
	// glued says that a letter may stand right before or behind the group.
	glued bool
	// context are words that speak for a finding, near it in the text or in the
	// keys above it; two words that belong together are joined ("bankaccount").
	context map[string]bool
	// keys name keys whose value is a finding by itself, by their last one, two or
	// three words, joined ("firstname"): attributes, JSON, k=v and k: v text. They
	// are context too.
	keys map[string]bool
	// always makes the detector look at every value; once says that it needs to be
	// asked once for each value. Rules only.
	always, once bool
	// match verifies a candidate. It reads a bounded window around it. It may be nil
	// if the detector has keys.
	match func(*candidate) (Finding, bool)
	// flags are those of the keys whose value the detector decides about too.
	flags keyFlags
	// under decides about a whole value whose key has one of the flags, is one of the
	// keys, or is forced by the sensitivity table. Offsets are those of the value.
	under func(key KeyClass, value string) (Finding, bool)
	// replacement is what stands in place of a finding; nil means the marker.
	replacement func(found string) string
	// partial is what [Partial] leaves of a finding; nil means the marker with the
	// characters that Keeps says. It must not be found again.
	partial func(found string) string
	// canonical is the form of a finding of which its pseudonym is made, so that
	// spellings of one thing have one pseudonym; nil means as it stands.
	canonical func(found string) string
	// sample makes a value that the detector must find, assembled when it is called.
	sample func() Sample

	index int // in the scanner that owns this copy
	bit   int // of its context, -1 for none
}

// Sample is a look-alike of what a detector finds: never a real secret, and always
// assembled at run time, so that no scanner finds it in a repository.
type Sample struct {
	// Key is the key that Text stands under; it may be empty.
	Key string
	// Text is the value; Secret is the part of it that must not stay readable.
	Text, Secret string
}

// Recognises reports whether the detector finds all of the value, by itself or under
// its key, however sure it is. It is not fast.
func (d *Detector) Recognises(value string) bool {
	s, err := New(d)
	if err != nil {
		return false
	}
	rules := s.Rules()
	rules.From(s.detectors[0], Possible)
	found, _ := s.Scan(nil, Value{Text: value}, rules)
	if d.under != nil && len(found) == 0 {
		f, ok := d.under(KeyClass{}, value)
		return ok && f.End-f.Start == len(value)
	}
	return len(found) == 1 && found[0].End-found[0].Start == len(value)
}

// Marker is what stands in place of all of a finding.
func (d *Detector) Marker() string { return marker(d.Name, "") }

// Built reports whether the detector is one of [Builtin], not a rule of a user.
func (d *Detector) Built() bool { return d.sample != nil }

// Sample returns a value in which the detector finds something.
func (d *Detector) Sample() Sample { return d.sample() }

// DefaultAction is what is done with findings where the rules name no action.
func (d *Detector) DefaultAction() Action {
	switch {
	case d.Default != 0:
		return d.Default
	case d.Keeps > 0:
		return Partial
	}
	return Mask
}

// CanKeep reports whether [Partial] leaves something readable.
func (d *Detector) CanKeep() bool { return d.Keeps > 0 || d.partial != nil }

// OnByDefault reports whether the detector needs no pack to be on.
func (d *Detector) OnByDefault() bool { return len(d.Packs) == 0 }
