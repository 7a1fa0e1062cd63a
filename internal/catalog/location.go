package catalog

import (
	"net/url"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Messages about places of secrets never show what was given there: it may be the
// secret.
const (
	notShown = "a text that is not shown, because it may be a secret"
	withUser = "a URL with a user or password in it, which is not shown"
)

// page is an absolute URL.
func page() form[string] { return address("an absolute URL such as https://example.com/page", "") }

// site is a URL that paths and queries are appended to.
func site(example string) form[string] {
	return address("an absolute URL without query and fragment, such as "+example, "?#")
}

// address is an absolute URL that has none of the refused characters, nor
// credentials: it goes into alerts and pages that many people read.
func address(allowed, refused string) form[string] {
	f := text(allowed)
	f.read = func(d *decoder, n *node, path string, to *string) {
		words, ok := d.words(n, path, allowed)
		*to = words
		if !ok {
			return
		}
		u, err := url.Parse(words)
		switch {
		case strings.Contains(words, "@") && (err != nil || u.User != nil):
			d.fail(n, path, withUser, allowed)
		case err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") || strings.ContainsAny(words, " "+refused):
			d.fail(n, path, given(n), allowed)
		}
	}
	expression := "^https?://[^ ]+$"
	if refused != "" {
		expression = "^https?://[^ " + refused + "]+$"
	}
	f.schema = func(schema) schema { return schema{"type": "string", "format": "uri", "pattern": expression} }
	return f
}

// secretFile is the path of a file with a secret, on the machine that uses it.
func secretFile(holds string) form[string] {
	allowed := "the absolute path of a file with " + holds
	return form[string]{
		allowed: allowed,
		read: func(d *decoder, n *node, at string, to *string) {
			if !d.kind(n, at, yaml.ScalarNode, allowed) {
				return
			}
			*to = n.Value
			if n.ShortTag() == "!!null" || n.Value == "" {
				d.fail(n, at, "nothing", allowed)
			} else if n.ShortTag() != "!!str" || strings.ContainsFunc(n.Value, unprintable) || !path.IsAbs(n.Value) || path.Clean(n.Value) != n.Value {
				d.fail(n, at, notShown, allowed)
			}
		},
		schema: func(schema) schema { return schema{"type": "string", "pattern": "^/[^/]"} },
	}
}
