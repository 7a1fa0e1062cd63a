package detect

import "slices"

// Action says what is done with a finding. The zero value means that nothing was
// decided: such a finding is only counted.
type Action uint8

// The actions, from the mildest on. Where a value has several findings, the drop
// that takes the most wins.
const (
	// Count leaves the value as it is, because the finding is not sure enough.
	Count Action = iota
	// Tag leaves the value as it is, because the rules say so.
	Tag
	// Mask puts the marker in place of the finding.
	Mask
	// Partial puts in its place what the detector lets stay readable: the last four
	// digits of a card, the domain of an e-mail address.
	Partial
	// Pseudonym puts in its place a token made with a key: see [Pseudonyms].
	Pseudonym
	// DropValue puts the marker in place of the whole value around the finding.
	DropValue
	// DropAttribute takes away the attribute, key and all, that holds the finding.
	DropAttribute
	// DropRecord takes away the span, log record or data point that holds it.
	DropRecord
)

var actionNames = [...]string{"count", "tag", "mask", "partial", "pseudonym", "drop_value", "drop_attribute", "drop_record"}

// String returns the snake_case name used in configurations and metrics.
func (a Action) String() string { return actionNames[a] }

// ActionNames lists the names that a configuration may give an action.
func ActionNames() []string { return slices.Clone(actionNames[Tag:]) }

// ParseAction returns the action of a name of [ActionNames].
func ParseAction(name string) (Action, bool) {
	i := slices.Index(actionNames[:], name)
	return Action(max(i, 0)), i >= int(Tag)
}
