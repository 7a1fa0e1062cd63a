package catalog

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

// meaning lists what a catalog has that it would not have by itself, one line for
// each value: what the defaults and tiers have beyond the built-in numbers, and the
// services beyond those of their tier.
func meaning(c Catalog) string {
	var b strings.Builder
	plain := Default()
	tell(&b, "defaults", c.Defaults, plain.Defaults)
	for _, tier := range Tiers() {
		tell(&b, string(tier), c.Tiers[tier], plain.Tiers[tier])
	}
	for i, s := range c.Services {
		tell(&b, fmt.Sprintf("services[%d]", i), s, Service{Policy: DefaultPolicy(s.Tier)})
	}
	c.Defaults, c.Tiers, c.Services = Policy{}, nil, nil
	tell(&b, "", c, Catalog{})
	return b.String()
}

func tell(b *strings.Builder, path string, got, plain any) {
	values(b, path, reflect.ValueOf(got), reflect.ValueOf(plain))
}

// values prints the leaves of got that plain does not have.
func values(b *strings.Builder, path string, got, plain reflect.Value) {
	if plain.IsValid() && reflect.DeepEqual(got.Interface(), plain.Interface()) {
		return
	}
	switch v := got.Interface().(type) {
	case Date, time.Duration, TimeOfDay, time.Weekday, Origin, *time.Location:
		fmt.Fprintf(b, "%s = %v\n", path, v)
		return
	}
	switch got.Kind() {
	case reflect.Pointer:
		values(b, path, got.Elem(), reflect.Zero(got.Type().Elem()))
	case reflect.Struct:
		for i := range got.NumField() {
			of := path + "." + got.Type().Field(i).Name
			if got.Type().Field(i).Anonymous {
				of = path
			}
			values(b, strings.TrimPrefix(of, "."), got.Field(i), plain.Field(i))
		}
	case reflect.Slice:
		if got.Len() == 0 {
			fmt.Fprintf(b, "%s = []\n", path)
		}
		for i := range got.Len() {
			plain := reflect.Value{} // every item of a list of words is printed
			if got.Type().Elem().Kind() == reflect.Struct {
				plain = reflect.Zero(got.Type().Elem())
			}
			values(b, fmt.Sprintf("%s[%d]", path, i), got.Index(i), plain)
		}
	case reflect.Map:
		named := make(map[string]reflect.Value)
		for _, key := range got.MapKeys() {
			named[fmt.Sprint(key)] = got.MapIndex(key)
		}
		for _, key := range slices.Sorted(maps.Keys(named)) {
			values(b, path+"["+key+"]", named[key], reflect.Value{})
		}
	case reflect.Interface:
		values(b, path, got.Elem(), reflect.Value{})
	default:
		fmt.Fprintf(b, "%s = %#v\n", path, got.Interface())
	}
}

// unwritten are the fields that are zero in all of the catalogs.
func unwritten(catalogs ...Catalog) []string {
	written := make(map[string]bool)
	for _, c := range catalogs {
		visit("", reflect.ValueOf(c), written)
	}
	var zero []string
	for path, ok := range written {
		if !ok {
			zero = append(zero, path)
		}
	}
	slices.Sort(zero)
	return zero
}

// visit notes for every field whether some value has it.
func visit(path string, v reflect.Value, written map[string]bool) {
	written[path] = written[path] || !v.IsZero()
	switch v.Interface().(type) {
	case Date, *time.Location:
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			visit(path, v.Elem(), written)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			visit(path+"."+v.Type().Field(i).Name, v.Field(i), written)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(path+"[]", v.Index(i), written)
		}
	}
}
