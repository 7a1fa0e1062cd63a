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
// upon; [Possible] ones are counted only.
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

	// quote is the delimiter to put around the marker where a bare JSON literal
	// is replaced, so that valid JSON stays valid; empty elsewhere.
	quote string
	// widened marks a finding that was merged with others beyond its own end, so
	// that its last characters are not its own to keep.
	widened bool
}

// Acts reports whether the finding is sure enough to change the value.
func (f Finding) Acts() bool { return f.Confidence >= Likely }

// trigger is a structural reason to look at a place in the text. The scanner
// finds triggers in its one pass; a detector names those it wants.
type trigger uint8

const (
	// onAt fires at each '@', also as %40 and \u0040.
	onAt trigger = 1 << iota
	// onScheme fires at the ':' of "://".
	onScheme
	// onOperator fires at a '=' or ':' with a sensitive key on its left.
	onOperator
)

// candidate is a place at which a detector is asked to look.
type candidate struct {
	text string
	// at is the offset of the trigger: the first byte of the anchor, of the group
	// of digits, of the '@', of "://", or of the operator; end is the one behind it.
	at, end int
	// key is what the keys above the text, and for onOperator the key left of
	// the operator, say about it.
	key KeyClass
}

// Detector finds one kind of secret or personal data. Detectors are immutable;
// each is declared in a file of its own and listed in [Builtin].
type Detector struct {
	// Name is the detector's name in snake_case, as it stands in markers, in
	// metrics and in configurations.
	Name string
	// Summary says in one phrase what is found.
	Summary string
	// Keeps is how many of the last characters stay readable inside the marker,
	// 0 for none.
	Keeps int

	// anchors are literals, of three bytes at least and in exact case, at which
	// the detector looks.
	anchors []string
	// triggers are the structural places at which the detector looks.
	triggers trigger
	// digits are the lengths of the groups of digits at which the detector looks.
	digits []int
	// match verifies a candidate. It reads a bounded window around it.
	match func(candidate) (Finding, bool)
	// force decides about a whole value whose key is sensitive; nil if no key
	// alone calls the detector.
	force func(key KeyClass, text string) (Finding, bool)
	// replacement is what stands in place of a finding; nil means the marker.
	replacement func(found string) string
}

// Action is the word for what the detector does with what it finds.
func (d *Detector) Action() string {
	if d.Keeps > 0 {
		return "partial"
	}
	return "mask"
}

// Builtin returns the detectors that are on by default. The order decides
// nothing but which of two equal findings gives its name.
func Builtin() []*Detector {
	return []*Detector{
		privateKeyPEM,
		jwt,
		httpAuthorization,
		urlUserinfo,
		awsAccessKeyID,
		github,
		stripe,
		secretAssignment,
		paymentCard,
		usSSN,
		email,
	}
}
