package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/readygate/readygate/config"
)

// maxInput is the largest gateway configuration that is read, in bytes. A
// larger file is a mistake in the path.
const maxInput = 4 << 20

// source is one gateway configuration.
type source struct {
	name string
	conf map[string]any
	keys map[string]position // of every key that is written in the source, by joined path
}

// position counts from 1, columns in characters.
type position struct{ line, column int }

// readSource reads a file, or a shipped configuration by its URI. The error names
// the source, and the line where there is one.
func readSource(name string) (*source, error) {
	var data []byte
	var err error
	if strings.HasPrefix(name, config.Scheme+":") {
		data, err = config.Read(name)
	} else {
		data, err = readInput(strings.TrimPrefix(name, "file:"))
	}
	if err != nil {
		return nil, err
	}
	s := &source{name: name, conf: map[string]any{}, keys: map[string]position{}}
	var document yaml.Node
	// As the gateway does, only the first document is read.
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, syntax(name, err)
	}
	if len(document.Content) == 0 {
		return s, nil // an empty file changes nothing
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode && root.ShortTag() != "!!null" {
		return nil, fmt.Errorf("%s:%d:%d: got no mapping, allowed: a gateway's configuration", name, root.Line, root.Column)
	}
	var conf map[string]any
	if err := root.Decode(&conf); err != nil {
		return nil, syntax(name, err)
	}
	s.conf = expand(conf)
	return s, errors.Join(s.index(root, nil)...)
}

func readInput(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil {
		return nil, err
	} else if info.IsDir() {
		return nil, fmt.Errorf("%s: got a directory, allowed: a file", path)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxInput+1))
	if err == nil && len(data) > maxInput {
		err = fmt.Errorf("%s: got more than %d MiB, allowed: a smaller file", path, maxInput>>20)
	}
	return data, err
}

// index notes where the keys below a node are. Aliases are not followed: what
// they hold is written elsewhere, and may be long. It returns the short keys of
// which the gateway makes one thing or another: those below the top, and those
// beside a key that they go on from.
func (s *source) index(n *yaml.Node, path []string) (wrong []error) {
	switch n.Kind {
	case yaml.MappingNode:
		written := map[string]bool{}
		for i := 0; i < len(n.Content); i += 2 {
			written[n.Content[i].Value] = true
		}
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i]
			parts := strings.Split(key.Value, "::")
			if len(parts) > 1 && len(path) > 0 {
				wrong = append(wrong, fmt.Errorf("%s:%d:%d: got %s below %s, allowed: short keys at the top of the file", s.name, key.Line, key.Column, key.Value, path[0]))
			}
			for depth := range parts {
				if prefix := strings.Join(parts[:depth], "::"); depth > 0 && len(path) == 0 && written[prefix] {
					wrong = append(wrong, fmt.Errorf("%s:%d:%d: got %s beside %s, allowed: one of them, because the gateway drops the other", s.name, key.Line, key.Column, key.Value, prefix))
				}
				below := joined(append(slices.Clone(path), parts[:depth+1]...))
				if _, known := s.keys[below]; !known {
					s.keys[below] = position{key.Line, key.Column}
				}
			}
			wrong = append(wrong, s.index(n.Content[i+1], append(slices.Clone(path), parts...))...)
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			below := append(slices.Clone(path), strconv.Itoa(i))
			s.keys[joined(below)] = position{item.Line, item.Column}
			_ = s.index(item, below) // in lists there are no short keys
		}
	}
	return wrong
}

// joined is a path as a key. NUL is in no YAML.
func joined(path []string) string { return strings.Join(path, "\x00") }

// expand writes the short keys of the Collector, a::b, out as a: {b: }.
func expand(conf map[string]any) map[string]any {
	long := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(conf)) {
		parts := strings.Split(key, "::")
		value := conf[key]
		for _, part := range slices.Backward(parts) {
			value = map[string]any{part: value}
		}
		merge(long, value.(map[string]any))
	}
	return long
}

// merge lays one configuration over another as the Collector does: mappings are
// merged key by key, everything else, lists too, is replaced. Neither shares a
// mapping with the result.
func merge(under, over map[string]any) {
	for key, value := range over {
		above, ok := mapping(value)
		if !ok {
			under[key] = value
			continue
		}
		below, ok := under[key].(map[string]any)
		if !ok {
			below = make(map[string]any, len(above))
			under[key] = below
		}
		merge(below, above)
	}
}

// mapping returns a mapping with its keys as text: YAML allows others.
func mapping(v any) (map[string]any, bool) {
	other, ok := v.(map[any]any)
	if !ok {
		named, ok := v.(map[string]any)
		return named, ok
	}
	named := make(map[string]any, len(other))
	for key, value := range other {
		named[fmt.Sprint(key)] = value
	}
	return named, true
}

// yamlLine finds what the YAML library says about lines. It counts them from 0
// where its parser, not its scanner, gave up: in messages that begin with the
// phrase.
var yamlLine = regexp.MustCompile(`line (\d+): ((did not find expected)?.*)`)

// syntax says which line the YAML library could not read.
func syntax(name string, err error) error {
	var wrong []error
	for _, m := range yamlLine.FindAllStringSubmatch(err.Error(), -1) {
		line, _ := strconv.Atoi(m[1])
		if m[3] != "" {
			line++
		}
		wrong = append(wrong, fmt.Errorf("%s:%d:1: got broken YAML (%s), allowed: a gateway's configuration", name, line, m[2]))
	}
	if len(wrong) == 0 {
		wrong = append(wrong, fmt.Errorf("%s:1:1: got broken YAML (%s), allowed: a gateway's configuration", name, strings.TrimPrefix(err.Error(), "yaml: ")))
	}
	return errors.Join(wrong...)
}
