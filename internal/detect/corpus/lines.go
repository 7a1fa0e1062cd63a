package corpus

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path"
	"strings"
	"sync"
)

//go:embed ordinary/*.txt
var ordinaryFiles embed.FS

// Lines returns n lines as services write them, none of them sensitive and no
// two of them equal. The same n gives the same lines, and fewer lines are the
// beginning of more. Numbers and identifiers are drawn uniformly and never
// filtered, so that some of them pass a check digit by chance, as in life.
// No line holds a line break.
//
// It panics when an embedded template is malformed, with every problem.
func Lines(n int) []string {
	templates := ordinary()
	// The seed is arbitrary. It is part of what was measured: another one
	// gives another corpus of the same kind.
	r := rand.New(rand.NewPCG(3, 2026))
	seen := make(map[string]bool, n)
	lines := make([]string, 0, n)
	var buf []byte
	for len(lines) < n {
		// Every template in turn, so that a small n sees as many as possible.
		t := templates[len(seen)%len(templates)]
		for {
			buf = t.append(buf[:0], r)
			if !seen[string(buf)] {
				break
			}
			t = templates[r.IntN(len(templates))]
		}
		line := string(buf)
		seen[line] = true
		lines = append(lines, line)
	}
	return lines
}

// ordinary compiles the embedded templates once.
var ordinary = sync.OnceValue(func() []template {
	templates, err := compileAll(ordinaryFiles)
	if err != nil {
		panic(err)
	}
	return templates
})

// wordsFile defines the lists that templates name.
const wordsFile = "ordinary/words.txt"

// compileAll compiles every template of the directory ordinary, of which one
// file holds the lists, and reports all problems at once.
func compileAll(files fs.FS) ([]template, error) {
	names, err := fs.Glob(files, "ordinary/*.txt")
	if err != nil {
		return nil, err
	}
	var problems []error
	each := func(name string, do func(line string) error) {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			problems = append(problems, err)
			return
		}
		for i, line := range strings.Split(string(data), "\n") {
			if line == "" || strings.HasPrefix(line, "# ") {
				continue
			}
			if err := do(line); err != nil {
				problems = append(problems, fmt.Errorf("%s:%d: %w", path.Base(name), i+1, err))
			}
		}
	}
	words := lists{}
	each(wordsFile, words.define)
	var templates []template
	for _, name := range names {
		if name == wordsFile {
			continue
		}
		each(name, func(line string) error {
			t, err := words.compile(line)
			templates = append(templates, t)
			return err
		})
	}
	return templates, errors.Join(problems...)
}
