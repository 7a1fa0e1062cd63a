package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// The YAML library has no type for syntax errors, gives no column, and no line
// for an unknown alias: its messages are taken apart. It counts lines from 0
// where its parser, not its scanner, gave up: those messages begin with the
// phrase that yamlMessage captures last.
var (
	yamlMessage  = regexp.MustCompile(`^yaml: (?:line (\d+): )?((did not find expected)?.*)$`)
	unknownAlias = regexp.MustCompile(`^yaml: unknown anchor '(.*)' referenced$`)
)

// syntax reports why the YAML library could not read the data.
func (d *decoder) syntax(data []byte, err error) {
	line, message := 1, err.Error()
	if m := unknownAlias.FindStringSubmatch(message); m != nil {
		if at, ok := aliasAt(data, m[1]); ok {
			line, column := position(data, at)
			d.report(line, column, "", "the alias *"+m[1], "the value itself", "")
			return
		}
	}
	if m := yamlMessage.FindStringSubmatch(message); m != nil {
		message = m[2]
		if n, err := strconv.Atoi(m[1]); err == nil {
			line = n
		}
		if m[3] != "" && m[1] != "" {
			line++
		}
	}
	if at, ok := tabAt(data, line, err); ok {
		line, column := position(data, at)
		d.report(line, column, "", "a tab", "spaces as indentation", "")
		return
	}
	d.report(line, 1, "", "broken YAML ("+message+")", "a YAML mapping", "")
}

// indentation with a tab in it.
var tabs = regexp.MustCompile(`(?m)^ *\t[ \t]*`)

// tabAt finds the tab that the library stumbled over, at the line or below. Tabs
// are legal inside brackets and text: they are to blame only where the error is
// another, or gone, when spaces take their place.
func tabAt(data []byte, line int, err error) (offset int, ok bool) {
	mended := tabs.ReplaceAllFunc(data, func(indent []byte) []byte { return bytes.Repeat([]byte(" "), len(indent)) })
	if other := unreadable(mended); other != nil && other.Error() == err.Error() {
		return 0, false
	}
	for _, m := range tabs.FindAllIndex(data, -1) {
		tab := m[0] + bytes.IndexByte(data[m[0]:], '\t')
		if l, _ := position(data, tab); l >= line {
			return tab, true
		}
	}
	return 0, false
}

// aliasAt finds the alias that the library does not know. The same characters may
// stand in a comment or in text: each is renamed, and the library says by the
// name which of them it does not know.
func aliasAt(data []byte, name string) (offset int, ok bool) {
	alias := regexp.MustCompile(`\*` + regexp.QuoteMeta(name) + `\b`)
	found := alias.FindAllIndex(data, -1)
	next := 0
	renamed := alias.ReplaceAllFunc(data, func(text []byte) []byte {
		next++
		return fmt.Appendf(nil, "%s_number_%d", text, next-1)
	})
	m := unknownAlias.FindStringSubmatch(fmt.Sprint(unreadable(renamed)))
	if m == nil {
		return 0, false
	}
	var number int
	if _, err := fmt.Sscanf(m[1], name+"_number_%d", &number); err != nil || number >= len(found) {
		return 0, false
	}
	return found[number][0], true
}

// unreadable is the library's error about the data; nil where it reads them all.
func unreadable(data []byte) error {
	documents := yaml.NewDecoder(bytes.NewReader(data))
	for {
		switch err := documents.Decode(new(yaml.Node)); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// position is the line and the column, in characters, of an offset.
func position(data []byte, offset int) (line, column int) {
	before := data[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[start:]) + 1
}
