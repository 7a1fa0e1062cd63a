package preview

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Board is a dashboard to be shown.
type Board struct {
	// Name is that of the file, without its ending.
	Name        string   `json:"name"`
	UID         string   `json:"uid"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Tags        []string `json:"tags"`
	// Panels is how many there are, without rows.
	Panels int `json:"panels"`
	// JSON is the whole dashboard.
	JSON json.RawMessage `json:"-"`
}

// Parse reads a dashboard of classic JSON. The name stands for the uid and the title
// of a dashboard without. An error names the dashboard.
func Parse(name string, text []byte) (Board, error) {
	var d struct {
		Board
		APIVersion string `json:"apiVersion"`
		Panels     []struct {
			Type   string            `json:"type"`
			Panels []json.RawMessage `json:"panels"`
		} `json:"panels"`
	}
	if err := json.Unmarshal(text, &d); err != nil {
		return Board{}, fmt.Errorf("%s: not a dashboard of classic JSON: %w", name, err)
	}
	switch {
	case d.APIVersion != "":
		return Board{}, fmt.Errorf("%s: got a resource of %s, allowed: classic JSON, which says the same", name, d.APIVersion)
	case d.Panels == nil:
		return Board{}, fmt.Errorf("%s: got JSON without panels, allowed: a dashboard of classic JSON", name)
	}
	b := d.Board
	b.Name, b.JSON = name, bytes.Clone(text)
	b.UID = cmp.Or(b.UID, name)
	b.Title = cmp.Or(b.Title, name)
	if b.Tags == nil {
		b.Tags = []string{}
	}
	b.Panels = 0
	for _, p := range d.Panels {
		if p.Type != "row" {
			b.Panels++
		}
		b.Panels += len(p.Panels)
	}
	return b, nil
}

// Load reads dashboards from files, and from all files *.json directly in folders. All
// that is wrong is reported at once.
func Load(paths ...string) ([]Board, error) {
	var (
		boards []Board
		errs   []error
	)
	for _, path := range paths {
		files, err := filesOf(path)
		errs = append(errs, err)
		for _, file := range files {
			b, err := loadFile(file)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			boards = append(boards, b)
		}
	}
	return boards, errors.Join(append(errs, unique(boards))...)
}

func filesOf(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		if e.Type().IsRegular() && filepath.Ext(e.Name()) == ".json" {
			files = append(files, filepath.Join(path, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("no file *.json in it")}
	}
	return files, nil
}

func loadFile(path string) (Board, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Board{}, err
	}
	b, err := Parse(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), text)
	if err != nil {
		return Board{}, fmt.Errorf("%s: %w", filepath.Dir(path), err)
	}
	return b, nil
}

// unique reports uids that more than one board has: the second could not be opened.
func unique(boards []Board) error {
	var errs []error
	for i, b := range boards {
		if at := slices.IndexFunc(boards[:i], func(o Board) bool { return o.UID == b.UID }); at >= 0 {
			errs = append(errs, fmt.Errorf("%s: got the uid %q, which %s has too, allowed: a uid of its own", b.Name, b.UID, boards[at].Name))
		}
	}
	return errors.Join(errs...)
}
