package lint

import (
	"strconv"
	"strings"
)

// colors looks for red and green among the colours that tell states apart: those of
// thresholds and of values. Names and texts beside them help; so this is a hint, and only
// given where nothing but the colour tells: not where each state has a text.
func (l *linter) colors(p panel) {
	defaults := p.fields.get("defaults")
	named := false
	for _, m := range defaults.get("mappings").list() {
		named = named || m.get("options") != nil
	}
	if named || p.library {
		return
	}
	var red, green *node
	for _, step := range defaults.get("thresholds", "steps").list() {
		switch hue(step.get("color").text()) {
		case "red":
			red = step
		case "green":
			green = step
		}
	}
	// A single green step is what Grafana writes for panels without thresholds.
	if red != nil && green != nil && !p.unused() {
		l.report("colors", red, p.title, "tells states apart by red and green, allowed: such as #D55E00 and #009E73, or texts for the values")
	}
}

// unused reports whether the thresholds, which Grafana writes into every panel, colour
// nothing: a graph in colours of a palette, without lines.
func (p panel) unused() bool {
	defaults := p.fields.get("defaults")
	mode := defaults.get("color", "mode").text()
	style := defaults.get("custom", "thresholdsStyle", "mode").text()
	return mode != "thresholds" && mode != "" && (style == "" || style == "off")
}

// hue says whether a colour is red or green as Grafana names them, or as their numbers
// have it. Colours that differ from them in blue, as those of Okabe and Ito do, are
// neither.
func hue(color string) string {
	for _, name := range []string{"red", "green"} {
		if color == name || strings.HasSuffix(color, "-"+name) {
			return name
		}
	}
	hex, is := strings.CutPrefix(color, "#")
	if !is || len(hex) != 6 {
		return ""
	}
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		return ""
	}
	r, g, b := v>>16, v>>8&0xff, v&0xff
	switch {
	case r > 2*g && r > 2*b:
		// Vermilion, with more green than blue, is told from bluish green.
		if g > 2*b && g > 80 {
			return ""
		}
		return "red"
	case 2*g > 3*r && 2*g > 3*b:
		return "green"
	}
	return ""
}
