package policy

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/readygate/readygate/internal/detect"
)

// keyKeys are the keys that an error about a pseudonym's key begins with.
var keyKeys = []string{"key_id", "key", "key_file", "tenant"}

// maxShownID bounds the ids that errors repeat: a longer one may be a key that
// stands in the wrong line.
const maxShownID = 16

// pseudonyms reads a key and returns what makes tokens with it. Errors tell nothing
// of the key, wherever it was written by mistake.
func pseudonyms(k KeyConfig, tenant string) (*detect.Pseudonyms, error) {
	key := []byte(k.Key)
	var errs []error
	if len(k.KeyID) > maxShownID {
		errs = append(errs, fmt.Errorf("key_id: got %d characters, allowed: 1 to 8 small letters and digits", len(k.KeyID)))
		k.KeyID = "long"
	}
	switch {
	case k.Key != "" && k.KeyFile != "":
		return nil, errors.Join(append(errs, errors.New("key: got key and key_file, allowed: one of them"))...)
	case k.Key == "" && k.KeyFile == "":
		return nil, errors.Join(append(errs, fmt.Errorf("key: got none, allowed: %d bytes or more, from the environment (${env:NAME}), or key_file", detect.MinKey))...)
	case k.KeyFile != "":
		read, err := os.ReadFile(k.KeyFile)
		if err != nil {
			var path *fs.PathError
			if errors.As(err, &path) {
				err = path.Err // without the path
			}
			return nil, errors.Join(append(errs, fmt.Errorf("key_file: it cannot be read: %w", err))...)
		}
		key = []byte(strings.TrimRight(string(read), "\r\n"))
	}
	p, err := detect.NewPseudonyms(k.KeyID, tenant, key)
	if err != nil {
		for _, e := range each(err) {
			switch where, text, _ := strings.Cut(e.Error(), ": "); {
			case where == "id":
				e = errors.New("key_id: " + text)
			case where == "key" && k.KeyFile != "":
				e = errors.New("key_file: " + text)
			}
			errs = append(errs, e)
		}
	}
	return p, errors.Join(errs...)
}

// Token is a pseudonym of a value.
type Token struct {
	// KeyID names the key that it was made with.
	KeyID string
	Text  string
}

// Tokens returns the pseudonyms of a value that a detector finds: that of the
// current key, then those of the previous ones. There is none without a
// configuration of pseudonyms. The configuration must be valid.
func (cfg *Config) Tokens(detector, value string) ([]Token, error) {
	d, err := cfg.detector(detector)
	if err != nil || cfg.Pseudonyms == nil {
		return nil, err
	}
	p := cfg.Pseudonyms
	var tokens []Token
	for _, k := range append([]KeyConfig{{p.KeyID, p.Key, p.KeyFile}}, p.Previous...) {
		with, err := pseudonyms(k, p.Tenant)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, Token{k.KeyID, with.Token(d, value)})
	}
	return tokens, nil
}

// Recognises reports whether the detector finds a value like this one: if it does not,
// the gateway never makes the value's token.
func (cfg *Config) Recognises(detector, value string) bool {
	d, err := cfg.detector(detector)
	return err == nil && d.Recognises(value)
}

// detector returns the detector of a name: a built-in one, or a rule.
func (cfg *Config) detector(name string) (*detect.Detector, error) {
	var names []string
	for _, d := range detect.Builtin() {
		if d.Name == name {
			return d, nil
		}
		names = append(names, d.Name)
	}
	for _, r := range cfg.Rules {
		if r.Name == name {
			return r.detector()
		}
		names = append(names, r.Name)
	}
	return nil, fmt.Errorf("got %q, allowed: the name of a detector; readyctl scrub rules lists them%s", name, meant(name, names))
}
