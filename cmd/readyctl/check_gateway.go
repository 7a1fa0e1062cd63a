package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/readygate/readygate/internal/guard"
)

// checkGateway proves that nothing passes around scrub in the configuration that
// the sources make together. It returns what to tell when all is well. The error
// has every problem, each with the place that said last what is wrong.
func checkGateway(names []string, talk io.Writer) (summary string, err error) {
	sources := make([]*source, 0, len(names))
	var wrong []error
	for _, name := range names {
		s, err := readSource(name)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		sources = append(sources, s)
	}
	if len(wrong) > 0 {
		return "", errors.Join(wrong...) // the rest says nothing about the whole
	}
	conf := map[string]any{}
	for _, s := range sources {
		merge(conf, s.conf)
	}
	result := guard.Check(conf)
	all := strings.Join(names, " + ")
	if result.Pipelines == 0 && len(result.Problems) == 0 {
		return "", fmt.Errorf("%s: service::pipelines: got nothing, allowed: a gateway's configuration, which has pipelines", all)
	}
	for _, e := range result.Exemptions {
		fmt.Fprintf(talk, "%s: nothing is proven about pipeline %s, which is exempt: %s\n", all, e.Pipeline, e.Reason)
	}
	if !result.Guarded {
		fmt.Fprintf(talk, "%s: service::extensions does not name %s, so the gateway does not repeat the proof when it starts\n", all, guard.Extension)
	}
	if len(result.Problems) > 0 {
		return "", locate(result.Problems, sources)
	}
	return fmt.Sprintf("%s: ok, nothing passes around scrub: %s, %s\n", all, count(result.Pipelines, "pipeline"), count(result.Paths, "path")), nil
}

// located is a problem with its place in a file.
type located struct {
	source int // in the order given
	at     position
	text   string
}

// locate sorts problems as their files are read.
func locate(problems []guard.Problem, sources []*source) error {
	found := make([]located, len(problems))
	for i, p := range problems {
		n, at := place(sources, p.Path)
		found[i] = located{n, at, fmt.Sprintf("%s:%d:%d: %s", sources[n].name, at.line, at.column, p)}
	}
	slices.SortStableFunc(found, func(a, b located) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.at.line, b.at.line), cmp.Compare(a.at.column, b.at.column))
	})
	lines := make([]error, len(found))
	for i, f := range found {
		lines[i] = errors.New(f.text)
	}
	return errors.Join(lines...)
}

// place finds the key at the path, or the nearest above it that is written
// anywhere. Of several sources that write it, the last one counts.
func place(sources []*source, path []string) (n int, at position) {
	for depth := len(path); depth > 0; depth-- {
		for n := len(sources) - 1; n >= 0; n-- {
			if at, ok := sources[n].keys[joined(path[:depth])]; ok {
				return n, at
			}
		}
	}
	return len(sources) - 1, position{1, 1}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
