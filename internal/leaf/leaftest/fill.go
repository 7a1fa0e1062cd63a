package leaftest

import (
	"fmt"
	"reflect"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// maxNesting is how many arrays and maps a filled value has around it at most.
const maxNesting = 2

// root returns the generated structure behind a pdata type, which keeps it in a
// field that is not exported, in a form that can be read and written.
func root(data any) reflect.Value {
	orig := reflect.ValueOf(data).FieldByName("orig")
	return reflect.NewAt(orig.Type().Elem(), orig.UnsafePointer()).Elem()
}

// isValue reports whether path ends in the named variant of an AnyValue.
func isValue(path, variant string) bool { return strings.HasSuffix(path, ".Value."+variant) }

// fill gives every field of data a value.
func fill(data any) {
	f := filler{variants: variants()}
	f.fill("", root(data), 0, 0)
}

type filler struct {
	// variants holds the types that a oneof, which is an interface in Go, can
	// take, by the structure that it is in.
	variants map[reflect.Type][]reflect.Type
	count    int64 // of values, which makes them distinct
}

// fill gives v and everything in it a value, and picks the given variant where
// v is or has a oneof. nesting is the number of arrays and maps around v.
func (f *filler) fill(path string, v reflect.Value, variant, nesting int) {
	f.count++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("text ", f.count))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int32:
		v.SetInt(1) // a valid value of every enumeration
	case reflect.Int64:
		v.SetInt(f.count)
	case reflect.Uint8, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(f.count) % 100)
	case reflect.Float64:
		v.SetFloat(float64(f.count) + 0.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(path, v.Elem(), variant, nesting)
	case reflect.Array:
		for i := range v.Len() {
			f.fill(path, v.Index(i), 0, nesting)
		}
	case reflect.Slice:
		f.fillSlice(path, v, nesting)
	case reflect.Struct:
		f.fillStruct(path, v, variant, nesting)
	default:
		panic(fmt.Sprintf("%s: no way to fill a %s", path, v.Type()))
	}
}

// fillSlice gives v one element per variant of its elements.
func (f *filler) fillSlice(path string, v reflect.Value, nesting int) {
	element := v.Type().Elem()
	if element.Kind() == reflect.Uint8 {
		v.SetBytes(fmt.Append(nil, "text ", f.count))
		return
	}
	if strings.HasSuffix(path, ".ArrayValue.Values") || strings.HasSuffix(path, ".KvlistValue.Values") {
		nesting++
	}
	n := f.variantsOf(element, nesting)
	v.Set(reflect.MakeSlice(v.Type(), n, n))
	for i := range n {
		f.fill(fmt.Sprintf("%s[%d]", path, i), v.Index(i), i, nesting)
	}
}

func (f *filler) fillStruct(path string, v reflect.Value, variant, nesting int) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		switch {
		case !field.IsExported():
			// The presence bits of optional numbers.
		case field.Type.Kind() == reflect.Interface:
			types, ok := f.variants[v.Type()]
			if !ok {
				panic(fmt.Sprintf("%s.%s: a oneof that leaftest does not know", path, field.Name))
			}
			chosen := reflect.New(types[variant].Elem())
			f.fill(join(path, field.Name), chosen.Elem(), 0, nesting)
			v.Field(i).Set(chosen)
		default:
			f.fill(join(path, field.Name), v.Field(i), variant, nesting)
		}
	}
}

// variantsOf returns how many variants a value of type t has.
func (f *filler) variantsOf(t reflect.Type, nesting int) int {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	n := 1
	if t.Kind() != reflect.Struct {
		return n
	}
	if types, ok := f.variants[t]; ok {
		n = len(types)
		if t.Name() == "AnyValue" && nesting == maxNesting {
			n -= 2 // no array, no map
		}
	}
	for i := range t.NumField() {
		if field := t.Field(i).Type; field.Kind() == reflect.Struct {
			n = max(n, f.variantsOf(field, nesting))
		}
	}
	return n
}

// variants makes one of each, since Go cannot list what an interface can hold.
func variants() map[reflect.Type][]reflect.Type {
	oneofs := make(map[reflect.Type][]reflect.Type)
	add := func(data any, field string) {
		orig := root(data)
		variant := orig.FieldByName(field).Elem().Type()
		oneofs[orig.Type()] = append(oneofs[orig.Type()], variant)
	}

	// The array and the map come last: variantsOf leaves them out by number.
	for _, v := range []pcommon.Value{
		pcommon.NewValueStr(""), pcommon.NewValueInt(0), pcommon.NewValueDouble(0), pcommon.NewValueBool(false),
		pcommon.NewValueBytes(), pcommon.NewValueSlice(), pcommon.NewValueMap(),
	} {
		add(v, "Value")
	}

	metric := pmetric.NewMetric()
	metric.SetEmptyGauge()
	add(metric, "Data")
	metric.SetEmptySum()
	add(metric, "Data")
	metric.SetEmptyHistogram()
	add(metric, "Data")
	metric.SetEmptyExponentialHistogram()
	add(metric, "Data")
	metric.SetEmptySummary()
	add(metric, "Data")

	// The number of a point carries no text: one variant will do.
	point := pmetric.NewNumberDataPoint()
	point.SetIntValue(0)
	add(point, "Value")
	exemplar := pmetric.NewExemplar()
	exemplar.SetIntValue(0)
	add(exemplar, "Value")
	return oneofs
}
