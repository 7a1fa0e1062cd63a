package detect

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A part of a secret is a secret: whatever sign stands in its middle, and however
// the value is written, neither half stays readable, and what stands around the
// value does. Quoted forms escape what their language escapes.
func TestNoPartOfASecretStaysReadable(t *testing.T) {
	jsonString := func(v string) string {
		b, err := json.Marshal(v)
		require.NoError(t, err)
		return string(b)
	}
	asIs := func(v string) string { return v }
	forms := []struct {
		format string
		write  func(string) string
		// cannot are signs that end the value in this form, whatever follows.
		cannot string
	}{
		{"a=1 password=%s", asIs, ""},
		{"a=1 password=%s b=2", asIs, ""},
		{"password: %s, b: 2", asIs, ""},
		{"DB_PASSWORD=%s; b=2", asIs, ""},
		{"url?x=1&password=%s&b=2", asIs, ""},
		{"map[password:%s b:2]", asIs, "]"},
		{"password='%s' b=2", asIs, `'\`},
		{`password="%s" b=2`, asIs, `"\`},
		{"a=1 password='%s", asIs, `'\`},
		{`{"password":%s,"b":2}`, jsonString, ""},
		{"{\n  \"password\" : %s ,\n  \"b\": 2\n}", jsonString, ""},
		{`{"a":1,"m":%s,"b":2}`, func(v string) string { return jsonString(`{"password":` + jsonString(v) + `,"b":2}`) }, ""},
		{`{"a":%s,"b":2}`, func(v string) string { return jsonString("password=" + v) }, `\"`},
		{`{"password":%s`, func(v string) string { s := jsonString(v); return s[:len(s)-1] }, ""},
		{`{"passwords":["x1",%s],"b":2}`, jsonString, ""},
		{`passwords: ["x1",%s]`, jsonString, ""},
		{`passwords: ["x1",%s`, jsonString, ""},
		{`Passwords:[]string{"x1", %s} b`, jsonString, ""},
		{`{"name":"DB_PASSWORD","value":%s}`, jsonString, ""},
		{"{&quot;password&quot;:&quot;%s&quot;}", asIs, ""},
	}
	scanner := Default()
	for _, form := range forms {
		for sign := byte('!'); sign <= '~'; sign++ {
			if has(sign, isAlnum) || strings.IndexByte(form.cannot, sign) >= 0 {
				continue
			}
			text := fmt.Sprintf(form.format, form.write("Zq7"+string(sign)+"Xw9"))
			clean, _, _ := scrubbed(scanner, KeyClass{}, text)
			if strings.Contains(clean, "Zq7") || strings.Contains(clean, "Xw9") {
				t.Errorf("%s\n  became %s", text, clean)
			}
		}
	}
}
