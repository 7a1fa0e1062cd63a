package policy

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// MaxSize is the largest file that is read, in bytes. A larger one is a mistake in
// the path.
const MaxSize = 4 << 20

// File is a policy with the places of its keys in the file that it was read from.
type File struct {
	Config

	name  string
	nodes map[string]*yaml.Node
}

// FileProblem is a problem with its place in a file.
type FileProblem struct {
	Problem
	File string
	// Line and Column count from 1, columns in characters.
	Line, Column int
}

func (p FileProblem) Error() string {
	text := p.Text
	if p.Path != "" {
		text = p.Problem.Error()
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, text)
}

// Problems are all that is wrong with one file, sorted by position. It is the
// error of [Load] and [Parse] for a file that was read and is wrong.
type Problems []FileProblem

// Error has one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Load reads a policy from a file: the configuration of the processor scrub, alone
// or inside that of a gateway. There, "FILE#scrub/name" chooses one of several.
// places are the names that a place may have.
//
// The keys of the processor that are no policy (mode and limits) are accepted and
// ignored. ${env:NAME} and ${env:NAME:-default} stand for variables of the
// environment, as in the gateway.
func Load(path string, places []string) (*File, error) {
	path, processor := split(path)
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil {
		return nil, err
	} else if info.IsDir() {
		return nil, fmt.Errorf("%s: got a directory, allowed: a policy file", path)
	}
	data, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err != nil {
		return nil, err
	}
	return parse(path, processor, data, places)
}

// split takes the name of a processor off a path. A file that is called so wins.
func split(path string) (file, processor string) {
	at := strings.LastIndexByte(path, '#')
	if _, err := os.Stat(path); err == nil || at < 0 {
		return path, ""
	}
	return path[:at], path[at+1:]
}

// Parse reads a policy as [Load] does. The name stands in front of every problem;
// "#" in it means nothing.
func Parse(name string, data []byte, places []string) (*File, error) {
	return parse(name, "", data, places)
}

func parse(name, processor string, data []byte, places []string) (*File, error) {
	d := &decoder{name: name, nodes: map[string]*yaml.Node{}}
	f := &File{name: name, nodes: d.nodes}
	root, bare := d.document(data), false
	if root != nil {
		root, bare = d.policy(root, processor)
	}
	if root != nil {
		d.root(root, &f.Config, bare)
		for _, p := range f.Check(places) {
			// What could not be read was told already.
			if !d.told(p.Path) {
				d.problem(d.node(p.Path), p.Path, "%s", p.Text)
			}
		}
	}
	if len(d.problems) > 0 {
		slices.SortStableFunc(d.problems, func(a, b FileProblem) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
		return nil, slices.Compact(d.problems)
	}
	return f, nil
}

// At returns the place of a key, such as rules[0].cases[1], as file:line:column. If
// the file does not have it, it is that of what it would stand in.
func (f *File) At(path string) string {
	d := decoder{nodes: f.nodes}
	n := d.node(path)
	return fmt.Sprintf("%s:%d:%d", f.name, n.Line, n.Column)
}

// yamlMessage takes an error of the YAML library apart, which has no type for it.
var yamlMessage = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// document returns the root of the only YAML document, or nil after a problem.
func (d *decoder) document(data []byte) *yaml.Node {
	top := &yaml.Node{Line: 1, Column: 1}
	if len(data) > MaxSize {
		d.problem(top, "", "got more than %d MiB, allowed: a smaller file", MaxSize>>20)
		return nil
	}
	documents := yaml.NewDecoder(bytes.NewReader(data))
	var first, second yaml.Node
	err := documents.Decode(&first)
	if errors.Is(err, io.EOF) {
		d.problem(top, "", `got an empty file, allowed: a policy; the shortest is "preset: default"`)
		return nil
	}
	if err == nil {
		if err = documents.Decode(&second); err == nil {
			d.problem(&second, "", "got a second document, allowed: one document in the file")
			return nil
		}
	}
	if !errors.Is(err, io.EOF) {
		m := yamlMessage.FindStringSubmatch(err.Error())
		if m == nil || strings.HasPrefix(m[2], "unknown anchor") {
			m = []string{"", "", "an alias without its anchor"} // its name may be half a secret
		}
		line, _ := strconv.Atoi(m[1])
		d.problem(&yaml.Node{Line: max(line, 1), Column: 1}, "", "got broken YAML (%s), allowed: a YAML mapping", m[2])
		return nil
	}
	return first.Content[0]
}

// gatewayKeys tell the configuration of a gateway from a policy.
var gatewayKeys = []string{"service", "receivers", "processors", "exporters", "connectors", "extensions"}

// policy returns the policy in a document, which is all of it or a processor of
// a gateway, and whether it is all of it; nil after a problem.
func (d *decoder) policy(root *yaml.Node, processor string) (policy *yaml.Node, bare bool) {
	keys := d.entries(root, "", "a mapping: a policy, or the configuration of a gateway")
	if keys == nil {
		return nil, false
	}
	gateway := slices.ContainsFunc(gatewayKeys, func(k string) bool { return keys[k].value != nil })
	if !gateway {
		if processor != "" {
			d.problem(root, "", "got a policy, in which #%s has no meaning, allowed: the path of the file alone", processor)
			return nil, false
		}
		return root, true
	}
	at := keys["processors"].value
	if at == nil {
		d.problem(root, "processors", "got none, allowed: processors with a scrub, or a policy by itself")
		return nil, false
	}
	processors := d.entries(at, "processors", "a mapping")
	if processors == nil {
		return nil, false
	}
	var scrubs []string
	for name := range processors {
		if name == "scrub" || strings.HasPrefix(name, "scrub/") {
			scrubs = append(scrubs, name)
		}
	}
	slices.Sort(scrubs)
	switch {
	case processor != "":
		if !slices.Contains(scrubs, processor) {
			d.problem(at, "processors", "got no %s, allowed: %s", processor, or(strings.Join(scrubs, ", "), "a processor scrub"))
			return nil, false
		}
	case len(scrubs) == 0:
		d.problem(at, "processors", "got none that is a scrub, allowed: scrub or scrub/name")
		return nil, false
	case len(scrubs) > 1 && scrubs[0] != "scrub":
		d.problem(at, "processors", "got several, allowed: one of them, as in %s#%s (%s)", d.name, scrubs[0], strings.Join(scrubs, ", "))
		return nil, false
	default:
		processor = scrubs[0]
	}
	return processors[processor].value, false
}
