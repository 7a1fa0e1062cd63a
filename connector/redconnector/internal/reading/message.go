package reading

import (
	"cmp"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// Destinations that have no name worth telling.
const (
	temporaryDestination = "temporary"
	anonymousDestination = "anonymous"
)

// addMessage tells of a message that was processed, or of a batch of them: then
// there are as many events, with one duration.
func (f *facts) addMessage(span ptrace.Span, key *series.Key, o *series.Observation) (notes Notes) {
	o.Failed = f.failed(span)
	key.Add(cmp.Or(f.text(messagingSystem), telemetry.Unknown))
	if !f.addDestination(key) {
		key.AddKnown(telemetry.Unknown)
	}
	key.AddKnown(outcome(o.Failed))
	if !f.tells(messagingBatchMessageCount) {
		return 0
	}
	count, valid := messageCountOf(f.values[messagingBatchMessageCount])
	o.Events = o.Weight.Times(count)
	if !valid {
		notes = NoteBatch
	}
	return notes
}

// addDestination tells the queue or topic, if the span does. A template and a name
// of a temporary queue are of low cardinality; a name may carry an id.
func (f *facts) addDestination(key *series.Key) bool {
	if template := f.either(messagingDestinationTemplate, messagingSourceTemplate); template != "" {
		key.Add(template)
		return true
	}
	switch {
	case f.bool(messagingDestinationTemporary), f.bool(messagingSourceTemporary), f.bool(messagingTempDestination):
		key.AddKnown(temporaryDestination)
		return true
	case f.bool(messagingDestinationAnonymous), f.bool(messagingSourceAnonymous):
		key.AddKnown(anonymousDestination)
		return true
	}
	name := f.destination()
	if name != "" {
		addName(key, name)
	}
	return name != ""
}

// maxMessages is more messages than any batch has; a count beyond is an error of
// the instrumentation, which must not drown what others counted.
const maxMessages = 1_000_000

// messageCountOf is how many messages a span says it processed. What is out of
// range, or no number, is not valid.
func messageCountOf(value pcommon.Value) (count uint64, valid bool) {
	n, ok := value.Int(), value.Type() == pcommon.ValueTypeInt
	if s := value.Str(); s != "" {
		n, ok = number(s)
	}
	switch {
	case !ok || n < 1:
		return 1, false
	case n > maxMessages:
		return maxMessages, false
	default:
		return uint64(n), true
	}
}
