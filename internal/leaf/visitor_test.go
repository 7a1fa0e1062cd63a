package leaf_test

import (
	"fmt"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/leaf/leaftest"
)

// recorder counts visits by kind and value and changes nothing.
type recorder struct{ visits map[string]int }

func (*recorder) Resource(pcommon.Map) {}

func (r *recorder) Text(_ leaf.Slot, value string) (string, leaf.Outcome) {
	r.visits["text "+value]++
	return "unused", leaf.Keep
}

func (r *recorder) Key(_ leaf.Slot, key string) (string, leaf.Outcome) {
	r.visits["key "+key]++
	return "unused", leaf.Keep
}

func (r *recorder) Bytes(_ leaf.Slot, value pcommon.ByteSlice) ([]byte, leaf.Outcome) {
	r.visits["bytes "+string(value.AsRaw())]++
	return nil, leaf.Keep
}

func (r *recorder) Int(_ leaf.Slot, value int64) (int64, leaf.Outcome) {
	r.visits[fmt.Sprint("int ", value)]++
	return 0, leaf.Keep
}

func (r *recorder) Double(_ leaf.Slot, value float64) (float64, leaf.Outcome) {
	r.visits[fmt.Sprint("double ", value)]++
	return 0, leaf.Keep
}

func (r *recorder) Deep(leaf.Slot) (string, leaf.Outcome) {
	r.visits["deep"]++
	return "unused", leaf.Keep
}

// kind is how a slot must be visited.
func kind(slot leaftest.Slot) string {
	switch {
	case slot.Bytes != nil:
		return "bytes"
	case slot.Int != nil:
		return "int"
	case slot.Double != nil:
		return "double"
	case strings.HasSuffix(slot.Path, ".Key"), strings.Contains(slot.Path, "Keys["):
		return "key"
	}
	return "text"
}

// quiet neither changes nor remembers anything.
type quiet struct{}

func (quiet) Resource(pcommon.Map)                                      {}
func (quiet) Text(leaf.Slot, string) (string, leaf.Outcome)             { return "", leaf.Keep }
func (quiet) Key(leaf.Slot, string) (string, leaf.Outcome)              { return "", leaf.Keep }
func (quiet) Bytes(leaf.Slot, pcommon.ByteSlice) ([]byte, leaf.Outcome) { return nil, leaf.Keep }
func (quiet) Int(leaf.Slot, int64) (int64, leaf.Outcome)                { return 0, leaf.Keep }
func (quiet) Double(leaf.Slot, float64) (float64, leaf.Outcome)         { return 0, leaf.Keep }
func (quiet) Deep(leaf.Slot) (string, leaf.Outcome)                     { return "", leaf.Keep }

// replacer changes everything; replaced says to what.
type replacer struct{ quiet }

func (replacer) Text(_ leaf.Slot, value string) (string, leaf.Outcome) {
	return "new " + value, leaf.Replace
}
func (replacer) Key(_ leaf.Slot, key string) (string, leaf.Outcome) {
	return "new " + key, leaf.Replace
}
func (replacer) Int(_ leaf.Slot, value int64) (int64, leaf.Outcome) { return -value, leaf.Replace }

func (replacer) Double(_ leaf.Slot, value float64) (float64, leaf.Outcome) {
	return -value, leaf.Replace
}

func (replacer) Bytes(_ leaf.Slot, value pcommon.ByteSlice) ([]byte, leaf.Outcome) {
	return append([]byte("new "), value.AsRaw()...), leaf.Replace
}

func replaced(slot leaftest.Slot) string {
	if slot.Int != nil || slot.Double != nil {
		return "-" + slot.String()
	}
	return "new " + slot.String()
}

// fickle takes any decision, by the length of what it sees.
type fickle struct{ replacer }

func outcome(n int) leaf.Outcome { return leaf.Outcome(n % int(leaf.DropRecord+1)) }

func (fickle) Text(_ leaf.Slot, value string) (string, leaf.Outcome) {
	return "new", outcome(len(value))
}
func (fickle) Key(_ leaf.Slot, key string) (string, leaf.Outcome) { return "new", outcome(len(key)) }
func (fickle) Int(_ leaf.Slot, value int64) (int64, leaf.Outcome) { return 0, outcome(int(value & 3)) }
func (fickle) Deep(at leaf.Slot) (string, leaf.Outcome)           { return "", outcome(len(at.Keys)) }

func (fickle) Bytes(_ leaf.Slot, value pcommon.ByteSlice) ([]byte, leaf.Outcome) {
	return nil, outcome(value.Len())
}
