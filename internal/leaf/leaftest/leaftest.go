// Package leaftest makes telemetry that has something in every slot, and lists
// the slots of any telemetry. It is for tests only.
//
// Both go over the structures that pdata generates from the OTLP schema, by
// reflection, and have no list of slots: a string that a newer pdata adds is
// filled and listed without a change here, and the tests that compare with what
// was visited fail until it is walked.
package leaftest

import (
	"fmt"
	"reflect"
	"strconv"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pprofile"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// Traces returns traces with a distinct harmless value in every slot, in every
// type that the slot can take: "text 17" in strings, a number in numbers.
func Traces() ptrace.Traces {
	td := ptrace.NewTraces()
	fill(td)
	return td
}

// Logs is [Traces] for logs.
func Logs() plog.Logs {
	ld := plog.NewLogs()
	fill(ld)
	return ld
}

// Metrics is [Traces] for metrics.
func Metrics() pmetric.Metrics {
	md := pmetric.NewMetrics()
	fill(md)
	return md
}

// Profiles is [Traces] for profiles. The indices in it refer to the second
// element of each table of the dictionary, whether there is one or not.
func Profiles() pprofile.Profiles {
	pd := pprofile.NewProfiles()
	fill(pd)
	return pd
}

// Slot is one slot of the data that it was listed from. Exactly one of the
// pointers is set; writing through it changes the data.
type Slot struct {
	// Path is where the slot is, in Go's notation, such as
	// "ResourceSpans[0].Resource.Attributes[2].Key".
	Path string

	Text   *string
	Bytes  *[]byte
	Int    *int64
	Double *float64
}

// String returns the slot's value.
func (s Slot) String() string {
	switch {
	case s.Text != nil:
		return *s.Text
	case s.Bytes != nil:
		return string(*s.Bytes)
	case s.Int != nil:
		return strconv.FormatInt(*s.Int, 10)
	}
	return strconv.FormatFloat(*s.Double, 'f', -1, 64)
}

// Slots lists the slots of data, which is ptrace.Traces, plog.Logs,
// pmetric.Metrics or pprofile.Profiles. The list is valid until the data is changed by other means.
func Slots(data any) []Slot {
	var slots []Slot
	list(&slots, "", root(data))
	return slots
}

// Values lists the slots of data with what is in them, for comparisons.
func Values(data any) []string {
	var values []string
	for _, slot := range Slots(data) {
		values = append(values, slot.Path+" = "+slot.String())
	}
	return values
}

func list(slots *[]Slot, path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		*slots = append(*slots, Slot{Path: path, Text: v.Addr().Interface().(*string)})
	case reflect.Int64:
		// Other integers are times, counts and enumerations.
		if isValue(path, "IntValue") {
			*slots = append(*slots, Slot{Path: path, Int: v.Addr().Interface().(*int64)})
		}
	case reflect.Float64:
		if isValue(path, "DoubleValue") {
			*slots = append(*slots, Slot{Path: path, Double: v.Addr().Interface().(*float64)})
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			list(slots, path, v.Elem())
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			*slots = append(*slots, Slot{Path: path, Bytes: v.Addr().Interface().(*[]byte)})
			return
		}
		for i := range v.Len() {
			list(slots, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				list(slots, join(path, field.Name), v.Field(i))
			}
		}
	}
}

func join(path, field string) string {
	if path == "" {
		return field
	}
	return path + "." + field
}
