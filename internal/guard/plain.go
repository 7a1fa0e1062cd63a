package guard

import (
	"fmt"
	"reflect"
)

// plain copies a value into mappings, lists and strings without types of their
// own: a decoded configuration still has those of the components, such as a mode
// that is a string by kind. What is of another kind stays as it is.
func plain(v any) any {
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Pointer:
		if r.IsNil() {
			return nil
		}
		return plain(r.Elem().Interface())
	case reflect.String:
		return r.String()
	case reflect.Slice, reflect.Array:
		if r.Kind() == reflect.Slice && r.IsNil() {
			return nil
		}
		list := make([]any, r.Len())
		for i := range list {
			list[i] = plain(r.Index(i).Interface())
		}
		return list
	case reflect.Map:
		if r.IsNil() {
			return nil
		}
		mapping := make(map[string]any, r.Len())
		for _, key := range r.MapKeys() {
			mapping[fmt.Sprint(key.Interface())] = plain(r.MapIndex(key).Interface())
		}
		return mapping
	}
	return v
}
