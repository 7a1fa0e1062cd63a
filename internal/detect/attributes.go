package detect

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// attributes.tsv is the sensitivity table: what is known about the attributes of
// the semantic conventions and of common SDKs. Each line has the name of an
// attribute, its treatment, and the reason. A star in a name stands for anything.
//
// It is made of facts: the attributes that OpenTelemetry's semantic conventions
// (Apache-2.0) warn about, those that Sentry's (MIT) mark as personal, and what
// instrumentations write without either.
//
//go:embed attributes.tsv
var attributesTSV string

// treatments are the words of the table.
var treatments = map[string]keyFlags{
	// query, command, url: the value has a structure that is read.
	"query":   keyQuery,
	"command": keyCommand,
	"url":     keyURL,
	// body: the value is the body of a message, or what a model was asked.
	"body": keyBody,
	// secret: all of the value is one, though the name alone does not say so.
	"secret": keySecret,
	// text: the value may hold anything, and is scanned as any other.
	"text": 0,
	// word, hex, number: what has that shape is not scanned; all else is.
	"word":   keyWord,
	"hex":    keyHex,
	"number": keyNumber,
}

// forcePrefix begins a treatment that names the detector which takes the whole
// value. Where the detector is off, or looks at no whole values, the value is
// scanned as any other.
const forcePrefix = "force:"

// Attribute is a line of the sensitivity table.
type Attribute struct {
	// Name is that of an attribute; stars in it stand for anything.
	Name string
	// Treatment is one of query, command, url, body, secret, text, word, hex and
	// number, or "force:" and the name of a detector.
	Treatment string
	// Reason says why.
	Reason string
}

// Attributes returns the sensitivity table, in the order of the names.
func Attributes() []Attribute {
	var table []Attribute
	for line := range strings.Lines(attributesTSV) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			panic(fmt.Sprintf("attributes.tsv: got %q, allowed: name, treatment and reason, with tabs between them", line))
		}
		table = append(table, Attribute{fields[0], fields[1], fields[2]})
	}
	return table
}

// pattern is a name with stars: what stands between them.
type pattern struct {
	parts     []string
	literal   int // bytes
	treatment string
}

// matches reports whether the key is of the pattern.
func (p *pattern) matches(key string) bool {
	first, last := p.parts[0], p.parts[len(p.parts)-1]
	if !strings.HasPrefix(key, first) {
		return false
	}
	key = key[len(first):]
	for _, part := range p.parts[1 : len(p.parts)-1] {
		i := strings.Index(key, part)
		if i < 0 {
			return false
		}
		key = key[i+len(part):]
	}
	return strings.HasSuffix(key, last)
}

// attributeIndex is the table as it is asked.
type attributeIndex struct {
	// names are the lines without a star, prefixes those whose only star is behind
	// their last dot, by what stands before it; patterns are the others, the longest
	// first.
	names, prefixes map[string]string
	patterns        []pattern
	// longest is the length of the longest prefix.
	longest int
}

var known = func() attributeIndex {
	index := attributeIndex{names: map[string]string{}, prefixes: map[string]string{}}
	for _, a := range Attributes() {
		parts := strings.Split(a.Name, "*")
		switch {
		case len(parts) == 1:
			index.names[a.Name] = a.Treatment
		case len(parts) == 2 && parts[1] == "" && strings.HasSuffix(parts[0], "."):
			index.prefixes[parts[0]] = a.Treatment
			index.longest = max(index.longest, len(parts[0]))
		default:
			index.patterns = append(index.patterns, pattern{parts, len(strings.Join(parts, "")), a.Treatment})
		}
	}
	slices.SortStableFunc(index.patterns, func(a, b pattern) int { return b.literal - a.literal })
	return index
}()

// treatment returns what the table says about a key; empty if nothing. The line
// without a star decides, else the one that has the most beside its stars.
func treatment(key string) string {
	key = headerName(key)
	if t, ok := known.names[key]; ok {
		return t
	}
	prefix, found := key[:min(len(key), known.longest)], ""
	for prefix != "" {
		prefix = prefix[:strings.LastIndexByte(prefix, '.')+1]
		if t, ok := known.prefixes[prefix]; ok {
			found = t
			break
		}
		prefix = strings.TrimSuffix(prefix, ".")
	}
	for i := range known.patterns {
		p := &known.patterns[i]
		if p.literal <= len(prefix) {
			break
		}
		if p.matches(key) {
			return p.treatment
		}
	}
	return found
}

// headerPrefixes begin the attributes that are named after a header.
var headerPrefixes = [...]string{"http.request.header.", "http.response.header."}

// headerName returns the key in the spelling of the table: names of headers are
// written in any case, and by some SDKs with underscores.
func headerName(key string) string {
	for _, prefix := range headerPrefixes {
		if name, ok := strings.CutPrefix(key, prefix); ok && len(name) <= maxLocal {
			return prefix + strings.ReplaceAll(toLower(name), "_", "-")
		}
	}
	return key
}

// attribute classifies a key by the table.
func (s *Scanner) attribute(key string) hints {
	var class hints
	t := treatment(key)
	name, forced := strings.CutPrefix(t, forcePrefix)
	if !forced {
		class.flags = treatments[t]
		return class
	}
	for _, d := range s.sensitive {
		if d.Name == name {
			class.named = class.named.with(d.bit)
			class.context = class.context.with(d.bit)
		}
	}
	return class
}
