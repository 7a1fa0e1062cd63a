package detect

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The look at the last letters of a key must never hide a key that matters, however
// it is written.
func TestNoSensitiveKeyIsBoring(t *testing.T) {
	s, err := New(Builtin()...)
	require.NoError(t, err)
	names := map[string]bool{"token": true, "pass": true}
	for name := range s.names {
		names[name] = true
	}
	for _, set := range []map[string]bool{secretNames, authorizationNames, cookieNames, codeNames} {
		for name := range set {
			names[name] = true
		}
	}
	for _, a := range Attributes() {
		names[a.Name] = a.Treatment == "secret" || strings.HasPrefix(a.Treatment, forcePrefix)
	}
	for name, matters := range names {
		if !matters {
			continue
		}
		for _, key := range []string{name, strings.ToUpper(name), "x_" + name, "a." + name, name + "2", name[:1] + "_" + name[1:], name[:len(name)-1] + "_" + name[len(name)-1:]} {
			if s.Key(key).Sensitive() {
				require.False(t, s.boring("a "+key+"=1", len("a "+key)), key)
				require.False(t, s.boring(`{"`+key+`":1}`, len(`{"`+key+`"`)), key)
			}
		}
	}
}
