package detect

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// all returns a scanner with every built-in detector.
func all(t *testing.T) *Scanner {
	scanner, err := New(Builtin()...)
	require.NoError(t, err)
	return scanner
}

func TestEveryLineOfTheTableIsSortedAndKnown(t *testing.T) {
	table := Attributes()
	require.True(t, slices.IsSortedFunc(table, func(a, b Attribute) int { return strings.Compare(a.Name, b.Name) }), "attributes.tsv is not sorted by name")
	for i, a := range table {
		require.NotEmpty(t, a.Reason, a.Name)
		require.True(t, i == 0 || a.Name != table[i-1].Name, "%s stands twice", a.Name)
		require.NotEqual(t, "*", a.Name)
		if detector, forced := strings.CutPrefix(a.Treatment, forcePrefix); forced {
			require.NotNil(t, builtin(detector), "%s: got detector %q, allowed: those of Builtin", a.Name, detector)
			continue
		}
		require.Contains(t, treatments, a.Treatment, a.Name)
	}
}

// planted are values that the detectors of the table must take out.
var planted = map[string]string{
	"client_ip":          "198.51.100.77",
	"ip_address":         "198.51.100.77",
	"user_id":            "jdoe4711",
	"device_id":          "7d2948b3-6c15-4a0e-9d29-48b36c15f07d",
	"person_name":        "Jane Roe",
	"postal_address":     "10115",
	"geo_location":       "52.520008",
	"query_literal":      "Zq7Xw9",
	"http_cookie":        "Zq7Xw9Zq7Xw9",
	"http_authorization": "Zq7Xw9Zq7Xw9Zq7Xw9",
}

// Each treatment takes out what it is for, under each name that has it. Every pack
// is on.
func TestEveryLineOfTheTableDoesWhatItSays(t *testing.T) {
	const secret = "Zq7" + "Xw9Lm4Tz8Rb3"
	scanner := all(t)
	for _, a := range Attributes() {
		name := strings.ReplaceAll(a.Name, "*", "zq")
		require.Equal(t, a.Treatment, treatment(name), name)
		text, gone := "password="+secret, secret
		detector, _ := strings.CutPrefix(a.Treatment, forcePrefix)
		switch {
		case planted[detector] != "":
			text, gone = planted[detector], planted[detector]
		case a.Treatment == "query":
			text, gone = "SELECT name FROM t WHERE a = '"+secret+"'", secret
		case a.Treatment == "command":
			text, gone = "run --password "+secret, secret
		case a.Treatment == "url":
			text, gone = "sig="+secret, secret
		case a.Treatment == "body":
			text, gone = "a line that a person wrote", "person"
		case a.Treatment == "secret":
			text, gone = secret, secret
		}
		got, _, reason := scrubbed(scanner, scanner.Key(name), text)
		require.Empty(t, reason)
		require.NotContains(t, got, gone, "%s under %s", a.Treatment, name)
		again, _, _ := scrubbed(scanner, scanner.Key(name), got)
		require.Equal(t, got, again, "%s under %s: scrubbing twice", a.Treatment, name)
	}
}

// Only what has exactly the promised shape is left unread.
func TestAShapeIsPromisedForItselfOnly(t *testing.T) {
	scanner := Default()
	token := "gh" + "p_" + withCRC(strings.Repeat("q7Wd2K", 5))
	for _, a := range Attributes() {
		if !slices.Contains([]string{"word", "hex", "number"}, a.Treatment) {
			continue
		}
		name := strings.ReplaceAll(a.Name, "*", "zq")
		for _, text := range []string{token, "GET " + token, "200 " + token, "jane.doe" + "@example.com"} {
			got, _, _ := scrubbed(scanner, scanner.Key(name), text)
			require.NotContains(t, got, text, name)
		}
	}
}

func TestTheMostSpecificLineDecides(t *testing.T) {
	for key, want := range map[string]string{
		"http.request.body":                       "body",
		"http.request.body.content":               "body",
		"http.request.body.size":                  "number",
		"http.response.body.size":                 "number",
		"messaging.message.body":                  "body",
		"messaging.message.body.size":             "number",
		"messaging.message.payload":               "body",
		"message.payload":                         "body",
		"request.body":                            "body",
		"requestBody":                             "body",
		"rpc.request.body":                        "body",
		"rpc.request.body.user.name":              "body",
		"rpc.grpc.request.metadata.authorization": "text",
		"db.query.parameter.body":                 "force:query_literal",
		"db.query.parameter.user.id":              "force:query_literal",
		"llm.input_messages.0.message.role":       "word",
		"llm.input_messages.0.message.content":    "body",
		"llm.input_messages.0.message.tool_calls.0.tool_call.function.arguments": "body",
		"gen_ai.prompt.0.content":                         "body",
		"gen_ai.prompt.0.role":                            "word",
		"gen_ai.completion.0.tool_calls.0.name":           "text",
		"http.request.header.x-forwarded-for":             "force:client_ip",
		"http.request.header.x_forwarded_for":             "force:client_ip",
		"http.request.header.X-Forwarded-For":             "force:client_ip",
		"k8s.pod.annotation.example.com/owner":            "text",
		"http.request.header." + strings.Repeat("x", 1e6): "text",
		strings.Repeat("x.", 1e6) + "body":                "body",
		"":                                                "",
		".":                                               "",
		"somebody":                                        "",
		"body.temperature":                                "",
		"payload_type":                                    "",
	} {
		require.Equal(t, want, treatment(key), key[:min(len(key), 80)])
	}
}

// The values of a header come one by one, with the name of the attribute.
func TestHeadersAreClassifiedByTheirNames(t *testing.T) {
	const secret = "Zq7" + "Xw9Lm4Tz8Rb3"
	scanner := all(t)
	for _, c := range []struct{ header, value, secret string }{
		{"authorization", "Bearer " + secret, secret},
		{"proxy-authorization", "Basic " + secret, secret},
		{"x-authorization", secret, secret},
		{"x-auth", "Bearer " + secret, secret},
		{"cookie", "theme=dark1; id=" + secret, secret},
		{"x-api-key", secret, secret},
		{"api-key", secret, secret},
		{"apikey", secret, secret},
		{"x-goog-api-key", secret, secret},
		{"ocp-apim-subscription-key", secret, secret},
		{"x-functions-key", secret, secret},
		{"x-auth-token", secret, secret},
		{"x-access-token", secret, secret},
		{"x-amz-security-token", secret, secret},
		{"x-csrf-token", secret, secret},
		{"x-xsrf-token", secret, secret},
		{"private-token", secret, secret},
		{"x-vault-token", secret, secret},
		{"x-client-secret", secret, secret},
		{"x-session-id", secret, secret},
		{"referer", "https://www.example.com/a?sig=" + secret, secret},
		{"x-forwarded-for", "198.51.100.77, 203.0.113.9", "198.51.100.77"},
		{"x-real-ip", "198.51.100.77", "198.51.100.77"},
		{"forwarded", "for=198.51.100.77;proto=https", "198.51.100.77"},
		{"cf-connecting-ip", "2001:db8:1:2:3:4:5:6", "3:4:5:6"},
	} {
		underscored := strings.ReplaceAll(c.header, "-", "_")
		for _, key := range []string{"http.request.header." + c.header, "http.request.header." + underscored, "http.request.header." + strings.ToUpper(c.header)} {
			got, _, _ := scrubbed(scanner, scanner.Key(key), c.value)
			require.NotContains(t, got, c.secret, key)
		}
	}
	for key, value := range map[string]string{
		"http.response.header.set-cookie":        "id=" + secret + "; Path=/; HttpOnly",
		"rpc.request.metadata.authorization":     "Bearer " + secret,
		"rpc.grpc.request.metadata.x-api-key":    secret,
		"messaging.header.x-auth-token":          secret,
		"servlet.request.parameter.password":     secret,
		"process.environment_variable.DB_SECRET": secret,
		"mdc.accessToken":                        secret,
	} {
		got, _, _ := scrubbed(scanner, scanner.Key(key), value)
		require.NotContains(t, got, secret, key)
	}
}

// What services say about themselves stays as it is: testdata/harmless_attributes.tsv
// has the name of an attribute and a value on each line.
func TestHarmlessAttributesStayByteIdentical(t *testing.T) {
	raw, err := os.ReadFile("testdata/harmless_attributes.tsv")
	require.NoError(t, err)
	scanner := Default()
	lines := 0
	for line := range strings.Lines(string(raw)) {
		key, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		require.True(t, ok, line)
		got, findings, reason := scrubbed(scanner, scanner.Key(key), value)
		require.Empty(t, reason, key)
		require.Equal(t, value, got, "%s: %s", key, describe(findings))
		lines++
	}
	require.GreaterOrEqual(t, lines, 150)
}
