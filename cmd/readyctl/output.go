package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// output is a generated file: its path below the output directory, with slashes,
// and what it must hold.
type output struct {
	path string
	data []byte
}

// same reports whether the file already holds its data.
func (f output) same(dir string) (bool, error) {
	has, err := os.ReadFile(filepath.Join(dir, f.path))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return bytes.Equal(has, f.data), err
}

// replace writes all files or none. The new contents are written and synced
// beside the old files first; an error there, such as a full disk or a missing
// permission, leaves every old file as it was. Only then is each file renamed
// into its place, which a reader sees as a whole or not at all.
func replace(dir string, files []output) (err error) {
	temporary := make([]string, 0, len(files))
	defer func() {
		for _, path := range temporary {
			_ = os.Remove(path) // after a rename there is nothing to remove
		}
	}()
	for _, f := range files {
		path, err := writeBeside(filepath.Join(dir, f.path), f.data)
		if err != nil {
			return err
		}
		temporary = append(temporary, path)
	}
	for i, f := range files {
		if err := os.Rename(temporary[i], filepath.Join(dir, f.path)); err != nil {
			return err
		}
	}
	return nil
}

// writeBeside writes data to a temporary file in the directory of path, so that
// a rename stays on one file system. It leaves nothing behind when it fails.
func writeBeside(path string, data []byte) (temporary string, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return f.Name(), err
}

// reportStale names every file that is missing or does not hold its data, with
// the first lines that differ.
func reportStale(report io.Writer, dir string, files []output) error {
	stale := 0
	for _, f := range files {
		path := filepath.Join(dir, f.path)
		has, err := os.ReadFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			fmt.Fprintf(report, "%s: missing\n", path)
		case err != nil:
			return usageError{err}
		case bytes.Equal(has, f.data):
			continue
		default:
			fmt.Fprintf(report, "%s: stale\n%s", path, firstLines(diff.Diff(path, has, "generated", f.data)))
		}
		stale++
	}
	if stale > 0 {
		return fmt.Errorf("%d of %d files are not what readyctl generate would write; run it without --check", stale, len(files))
	}
	return nil
}

// firstLines shortens a diff to what a CI log can bear.
func firstLines(text []byte) string {
	const most = 20
	lines := strings.SplitAfter(string(text), "\n")
	if len(lines) <= most {
		return string(text)
	}
	return strings.Join(lines[:most], "") + "...\n"
}
