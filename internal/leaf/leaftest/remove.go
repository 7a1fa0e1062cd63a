package leaftest

import (
	"reflect"
	"strconv"
	"strings"
)

// Remove takes out of data what stands at path, in the notation of [Slot.Path]:
// an element of a list, or whatever a field holds. It panics if there is no such
// path.
func Remove(data any, path string) {
	v := root(data)
	steps := strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune(".[]", r) })
	for i, step := range steps {
		for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
			v = v.Elem()
		}
		if v.Kind() != reflect.Slice {
			v = v.FieldByName(step)
			continue
		}
		n, err := strconv.Atoi(step)
		if err != nil {
			panic(path + ": " + err.Error())
		}
		if i == len(steps)-1 {
			v.Set(reflect.AppendSlice(v.Slice(0, n), v.Slice(n+1, v.Len())))
			return
		}
		v = v.Index(n)
	}
	v.SetZero()
}
