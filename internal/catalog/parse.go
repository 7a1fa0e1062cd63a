package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// MaxSize is the largest services file that is read, in bytes: about ten
// thousand services. A larger file is a mistake in the path.
const MaxSize = 4 << 20

// Load reads the services file at path. The error is [Problems] when the file
// was read and is wrong, and names the path when it could not be read.
func Load(path string) (Catalog, error) {
	f, err := os.Open(path)
	if err != nil {
		return Catalog{}, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil {
		return Catalog{}, err
	} else if info.IsDir() {
		return Catalog{}, fmt.Errorf("%s: got a directory, allowed: a services file", path)
	}
	data, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err != nil {
		return Catalog{}, err
	}
	return Parse(path, data)
}

// Parse reads a services file. The name stands in front of every problem; the
// error, if any, is [Problems].
func Parse(name string, data []byte) (Catalog, error) {
	d := &decoder{name: name}
	catalog := Default()
	if root := d.document(data); root != nil {
		d.file(root, &catalog)
	}
	if len(d.problems) > 0 {
		d.problems.sort()
		return Catalog{}, d.problems
	}
	return catalog, nil
}

// document returns the root of the only YAML document, or nil after a problem
// that makes the rest unreadable.
func (d *decoder) document(data []byte) *yaml.Node {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !d.plainText(data) {
		return nil
	}
	documents := yaml.NewDecoder(bytes.NewReader(data))
	var first, second yaml.Node
	switch err := documents.Decode(&first); {
	case errors.Is(err, io.EOF):
		d.report(1, 1, "", "an empty file", "a services file; the shortest is \"version: 1\"", "")
		return nil
	case err != nil:
		d.syntax(data, err)
		return nil
	}
	switch err := documents.Decode(&second); {
	case err == nil:
		d.fail(&second, "", "a second document", "one document in the file")
	case !errors.Is(err, io.EOF):
		d.syntax(data, err)
	}
	return first.Content[0]
}

// plainText reports whether data is text that YAML can be read from, and the
// first place where it is not.
func (d *decoder) plainText(data []byte) bool {
	if len(data) > MaxSize {
		d.report(1, 1, "", fmt.Sprintf("more than %d MiB", MaxSize>>20), "a smaller services file", "")
		return false
	}
	line, column := 1, 1
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			d.report(line, column, "", fmt.Sprintf("the byte 0x%02x", rest[0]), "UTF-8 text", "")
			return false
		case unprintable(r) && !strings.ContainsRune("\t\n\r\u0085", r): // U+0085 ends a line, too
			d.report(line, column, "", fmt.Sprintf("the unprintable character %U", r), "printable text", "")
			return false
		case r == '\n':
			line, column = line+1, 0
		}
		column++
		rest = rest[size:]
	}
	return true
}
