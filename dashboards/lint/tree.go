package lint

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// deepest is how deep JSON may be nested. Dashboards need about 20.
const deepest = 200

// node is a value of JSON and where it stands. A nil node is a value that is not there;
// all methods take it.
type node struct {
	path   string // such as panels[2].title
	offset int    // in bytes, of its first
	value  any    // a string, float64, bool or nil, of what is neither of the below
	fields map[string]*node
	items  []*node
	isList bool
}

// parse reads a text that holds one value.
func parse(text []byte) (*node, error) {
	p := reader{json.NewDecoder(bytes.NewReader(text)), text}
	root, err := p.next("", 0)
	if err != nil {
		return nil, err
	}
	if _, err := p.Token(); !errors.Is(err, io.EOF) {
		return nil, &placed{"there is more after the dashboard", p.at()}
	}
	return root, nil
}

type reader struct {
	*json.Decoder
	text []byte
}

// placed is an error and the offset where it is.
type placed struct {
	message string
	offset  int
}

func (p *placed) Error() string { return p.message }

// at is the offset of the next token.
func (r reader) at() int {
	offset := int(r.InputOffset())
	for offset < len(r.text) && bytes.IndexByte([]byte(" \t\r\n,:"), r.text[offset]) >= 0 {
		offset++
	}
	return offset
}

func (r reader) next(path string, depth int) (*node, error) {
	n := &node{path: path, offset: r.at()}
	token, err := r.token()
	if err != nil {
		return nil, err
	}
	if depth > deepest {
		return nil, &placed{fmt.Sprintf("got JSON nested deeper than %d", deepest), n.offset}
	}
	switch token {
	case json.Delim('{'):
		n.fields = map[string]*node{}
		for r.More() {
			key, err := r.token()
			if err != nil {
				return nil, err
			}
			name, _ := key.(string)
			below := name
			if path != "" {
				below = path + "." + name
			}
			if n.fields[name], err = r.next(below, depth+1); err != nil {
				return nil, err
			}
		}
		_, err = r.token()
	case json.Delim('['):
		n.isList = true
		for r.More() {
			item, err := r.next(path+"["+strconv.Itoa(len(n.items))+"]", depth+1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, item)
		}
		_, err = r.token()
	default:
		n.value = token
	}
	return n, err
}

func (r reader) token() (json.Token, error) {
	at := r.at()
	token, err := r.Token()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return nil, &placed{syntax.Error(), max(int(syntax.Offset)-1, 0)}
	case err != nil:
		return nil, &placed{"the JSON ends too early", at}
	}
	return token, nil
}

// get follows keys; nil where they end early.
func (n *node) get(keys ...string) *node {
	for _, key := range keys {
		if n == nil {
			return nil
		}
		n = n.fields[key]
	}
	return n
}

func (n *node) list() []*node {
	if n == nil {
		return nil
	}
	return n.items
}

// text is the string; empty where there is none.
func (n *node) text() string {
	if n == nil {
		return ""
	}
	s, _ := n.value.(string)
	return s
}

func (n *node) number() (float64, bool) {
	if n == nil {
		return 0, false
	}
	v, is := n.value.(float64)
	return v, is
}

func (n *node) whole() int {
	v, _ := n.number()
	return int(v)
}

// is reports whether the value is true.
func (n *node) is() bool { return n != nil && n.value == true }

// not reports whether the value is false, and not only missing.
func (n *node) not() bool { return n != nil && n.value == false }

// missing reports whether there is nothing, or null.
func (n *node) missing() bool {
	return n == nil || (n.value == nil && n.fields == nil && !n.isList)
}

// position counts lines and columns from 1, columns in bytes.
func position(text []byte, offset int) (line, column int) {
	before := text[:min(offset, len(text))]
	return 1 + bytes.Count(before, []byte("\n")), len(before) - bytes.LastIndexByte(before, '\n')
}
