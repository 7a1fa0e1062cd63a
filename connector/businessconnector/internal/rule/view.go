package rule

import (
	"math"
	"strconv"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// View is a value of a record. It borrows its text.
type View struct {
	kind   viewKind
	number int64 // of an integer; 1 for true
	float  float64
	text   string
}

type viewKind uint8

const (
	absent viewKind = iota
	textual
	integer
	double
	boolean
	textless // a map, an array or bytes
)

func textView(s string) View {
	if s == "" {
		return View{}
	}
	return View{kind: textual, text: s}
}

// viewOf views an attribute. One that is empty does not exist, as in OTLP.
func viewOf(v pcommon.Value) View {
	switch v.Type() {
	case pcommon.ValueTypeStr:
		return View{kind: textual, text: v.Str()}
	case pcommon.ValueTypeInt:
		return View{kind: integer, number: v.Int()}
	case pcommon.ValueTypeDouble:
		return View{kind: double, float: v.Double()}
	case pcommon.ValueTypeBool:
		if v.Bool() {
			return View{kind: boolean, number: 1}
		}
		return View{kind: boolean}
	case pcommon.ValueTypeEmpty:
		return View{}
	default:
		return View{kind: textless}
	}
}

// viewScalar views a scalar of a configuration; false if it is none.
func viewScalar(v any) (View, bool) {
	switch v := v.(type) {
	case string:
		return View{kind: textual, text: v}, true
	case int:
		return View{kind: integer, number: int64(v)}, true
	case int64:
		return View{kind: integer, number: v}, true
	case uint64:
		return View{kind: double, float: float64(v)}, true
	case float64:
		return View{kind: double, float: v}, true
	case bool:
		if v {
			return View{kind: boolean, number: 1}, true
		}
		return View{kind: boolean}, true
	}
	return View{}, false
}

// Absent reports that there is no value.
func (v View) Absent() bool { return v.kind == absent }

// isEmpty reports that there is no value, or an empty text, which says as little.
func (v View) isEmpty() bool { return v.kind == absent || v.kind == textual && v.text == "" }

// Text is the value of a string; of anything else, false.
func (v View) Text() (string, bool) { return v.text, v.kind == textual }

// Integer is the value of an integer; of anything else, false.
func (v View) Integer() (int64, bool) { return v.number, v.kind == integer }

// Double is the value of a double; of anything else, false.
func (v View) Double() (float64, bool) { return v.float, v.kind == double }

// HasText reports whether the value has a canonical text.
func (v View) HasText() bool { return v.kind != absent && v.kind != textless }

// AppendText appends the canonical text; that of a number is at most scratchSize
// bytes.
func (v View) AppendText(b []byte) []byte {
	switch v.kind {
	case textual:
		return append(b, v.text...)
	case integer:
		return strconv.AppendInt(b, v.number, 10)
	case boolean:
		return strconv.AppendBool(b, v.number == 1)
	case double:
		// Below 2^53, whole doubles are the same numbers as integers.
		if v.float == math.Trunc(v.float) && math.Abs(v.float) <= 1<<53 {
			return strconv.AppendInt(b, int64(v.float), 10)
		}
		return strconv.AppendFloat(b, v.float, 'g', -1, 64)
	default:
		return b
	}
}

func (v View) canonical() string { return string(v.AppendText(nil)) }
