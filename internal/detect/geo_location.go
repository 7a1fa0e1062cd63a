package detect

import (
	"strconv"
	"strings"
)

// geoLocation finds coordinates that are finer than a town: under their keys, and
// as "lat" and "lon" next to each other, since "lat" alone is a latency as often.
// They are rounded to two decimals, about a kilometre.
var geoLocation = &Detector{
	Name:     "geo_location",
	Summary:  "latitude and longitude under their keys; two decimals stay",
	Evidence: "a key that names a coordinate, and a decimal number in its range with three decimals or more",
	Default:  Partial,
	anchors:  []string{`lat"`, `lon"`, `lng"`, `lat=`, `lon=`, `lng=`, `lat:`, `lon:`, `lng:`},
	keys: words(`latitude longitude geolat geolon geolng locationlat locationlon locationlng userlat userlon userlng gpslat gpslon gpslng
		positionlat positionlon positionlng coordslat coordslon coordslng clientlat clientlon devicelat devicelon poslat poslon
		latlng latlon latlong geocoordinate geolocation geopoint`),
	match: func(c *candidate) (Finding, bool) {
		if wordEndsAt(c.text, c.at) || !coordinatePair(c.text, c.at) {
			return Finding{}, false
		}
		op := c.at + len("lat")
		for op < len(c.text) && op-c.at < maxEscape && c.text[op] != '=' && c.text[op] != ':' {
			op++
		}
		if op == len(c.text) || op-c.at == maxEscape {
			return Finding{}, false
		}
		v, ok := valueAfter(c.text[:min(len(c.text), op+maxCode)], op, KeyClass{})
		if !ok || rounded(c.text[v.start:v.end]) == c.text[v.start:v.end] {
			return Finding{}, false
		}
		f := Finding{Start: v.start, End: v.end, Confidence: Likely}
		if v.delimiter == "" {
			f.quote = v.keyDelimiter
		}
		return f, true
	},
	under:   wholeIf(func(value string) bool { return len(value) <= maxCoordinates && rounded(value) != value }),
	partial: rounded,
	sample:  func() Sample { return Sample{Key: "geo.location.lat", Text: "52.5200" + "08", Secret: "52.5200"} },
}

const (
	// maxCoordinates bounds the values that are read as coordinates.
	maxCoordinates = 128
	// keptDecimals of a degree are a kilometre on the equator.
	keptDecimals = 2
	// maxDegrees is the range of a longitude.
	maxDegrees = 180
)

// coordinatePair reports whether the other half of a pair stands near the name at
// i.
func coordinatePair(text string, i int) bool {
	const near = 64
	around := text[max(0, i-near):min(len(text), i+near)]
	if strings.HasPrefix(text[i:], "lat") {
		return strings.Contains(around, "lon") || strings.Contains(around, "lng")
	}
	return strings.Contains(around, "lat")
}

// rounded returns a value with all coordinates in it rounded.
func rounded(value string) string {
	var out strings.Builder
	kept := 0
	for i := 0; i < len(value); {
		if !has(value[i], isDigit) {
			i++
			continue
		}
		start := i
		point := span(value, start, len(value), isDigit)
		i = point
		if at(value, point) != '.' {
			continue
		}
		end := span(value, point+1, len(value), isDigit)
		i = end
		degrees, err := strconv.ParseFloat(value[start:end], 64)
		if end-point-1 <= keptDecimals || err != nil || degrees > maxDegrees || has(at(value, end), isAlnum|isDash) {
			continue
		}
		out.WriteString(value[kept:start])
		out.WriteString(strconv.FormatFloat(degrees, 'f', keptDecimals, 64))
		kept = end
	}
	out.WriteString(value[kept:])
	return out.String()
}
