package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// input is one file to scrub; "-" is stdin.
type input struct {
	// path opens it, name stands in reports, copy is where its scrubbed copy goes
	// below the directory of copies.
	path, name, copy string
	// walked says that it was found in a directory, not named.
	walked bool
	size   int64
	mode   fs.FileMode
}

// files returns the inputs that the paths name, in order, and what is wrong with
// paths: the others go on.
func (c *scrubCommand) files(paths []string) (files []input, wrong []error) {
	for _, path := range paths {
		if path == "-" {
			files = append(files, input{path: path, name: path})
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			wrong = append(wrong, err)
		case info.IsDir():
			found, errs := c.walk(path, len(paths) > 1)
			files, wrong = append(files, found...), append(wrong, errs...)
		default:
			f := input{path: path, name: path, copy: filepath.Base(path), mode: info.Mode()}
			if info.Mode().IsRegular() {
				f.size = info.Size()
			}
			files = append(files, f)
		}
	}
	return files, wrong
}

// walk returns the regular files below a directory. Symbolic links are not
// followed, but for the directory itself.
func (c *scrubCommand) walk(dir string, named bool) (files []input, wrong []error) {
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, []error{err}
	}
	output := ""
	if c.output != "" {
		output, _ = filepath.Abs(c.output)
	}
	err = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		below, _ := filepath.Rel(root, path)
		switch absolute, _ := filepath.Abs(path); {
		case err != nil:
			wrong = append(wrong, err)
			if e != nil && e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case below == ".":
			return nil
		case e.Name() == ".git", c.excluded(below), output != "" && absolute == output:
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !e.Type().IsRegular():
			return nil
		}
		info, err := e.Info()
		if err != nil {
			wrong = append(wrong, err)
			return nil
		}
		f := input{path: path, name: filepath.Join(dir, below), copy: below, walked: true, size: info.Size(), mode: info.Mode()}
		if named {
			absolute, _ := filepath.Abs(root)
			f.copy = filepath.Join(filepath.Base(absolute), below)
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		wrong = append(wrong, err)
	}
	return files, wrong
}

// excluded reports whether a path below a directory is left out, by its name or by
// all of it.
func (c *scrubCommand) excluded(below string) bool {
	for _, pattern := range c.exclude {
		pattern = strings.TrimSuffix(filepath.FromSlash(pattern), string(filepath.Separator))
		for _, text := range []string{below, filepath.Base(below)} {
			if ok, _ := filepath.Match(pattern, text); ok { // the pattern was checked
				return true
			}
		}
	}
	return false
}

// copies are the scrubbed copies of a run, which appear together at its end or not
// at all.
type copies struct {
	dir string
	// temporary are written, and lie beside what they will be, by the path of the
	// copy. Each is written by one goroutine, and the map by none.
	temporary map[string]*string
}

func newCopies(dir string, files []input) (*copies, error) {
	c := &copies{dir: dir, temporary: map[string]*string{}}
	from := map[string]string{}
	for _, f := range files {
		if other, twice := from[f.copy]; twice {
			return nil, fmt.Errorf("--output: got %s and %s, whose copies would both be %s; allowed: files of different names", other, f.name, filepath.Join(dir, f.copy))
		}
		if same(f.path, filepath.Join(dir, f.copy)) {
			return nil, fmt.Errorf("--output: got %s, where the copy of %s would replace the file itself; allowed: another directory", dir, f.name)
		}
		from[f.copy] = f.name
		c.temporary[f.copy] = new(string)
	}
	return c, nil
}

// same reports whether both paths lead to one file that is there.
func same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// create makes the file for a copy.
func (c *copies) create(of input) (*os.File, error) {
	path := filepath.Join(c.dir, of.copy)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return nil, err
	}
	*c.temporary[of.copy] = f.Name()
	return f, f.Chmod(of.mode.Perm())
}

// commit puts all copies in their places.
func (c *copies) commit() error {
	for path, temporary := range c.temporary {
		if *temporary == "" {
			continue // it was left out
		}
		if err := os.Rename(*temporary, filepath.Join(c.dir, path)); err != nil {
			return err
		}
	}
	return nil
}

// discard removes what was not put in its place.
func (c *copies) discard() {
	for _, temporary := range c.temporary {
		if *temporary != "" {
			_ = os.Remove(*temporary) // after commit there is nothing to remove
		}
	}
}
