package policy

import (
	"regexp"
	"slices"
	"strings"

	"github.com/readygate/readygate/internal/detect"
)

// matches reports whether a resource, whose attributes get looks up, is one of the
// policy's.
func (p *Policy) matches(get func(attribute string) (string, bool)) bool {
	for attribute, patterns := range p.match {
		value, ok := get(attribute)
		if !ok || !slices.ContainsFunc(patterns, func(pattern string) bool { return glob(pattern, value) }) {
			return false
		}
	}
	return true
}

// matcher returns what allows a match.
func (a AllowConfig) matcher() func(d *detect.Detector, found string) bool {
	var expression *regexp.Regexp
	if a.Regex != "" {
		expression = regexp.MustCompile(`\A(?:` + a.Regex + `)\z`) // it was checked
	}
	return func(d *detect.Detector, found string) bool {
		if d.Name != a.Detector {
			return false
		}
		for _, v := range a.Values {
			if glob(v, found) {
				return true
			}
		}
		return expression != nil && expression.MatchString(found)
	}
}

// glob reports whether the text has the pattern's shape, in which "*" stands for
// any text.
func glob(pattern, text string) bool {
	first, rest, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == text
	}
	if !strings.HasPrefix(text, first) {
		return false
	}
	text = text[len(first):]
	for {
		part, more, star := strings.Cut(rest, "*")
		if !star {
			return strings.HasSuffix(text, part)
		}
		at := strings.Index(text, part)
		if at < 0 {
			return false
		}
		text, rest = text[at+len(part):], more
	}
}
