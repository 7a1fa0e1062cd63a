package main

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/demo/lookalike"
)

// scrub runs the command on some input.
func scrub(t *testing.T, input string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs strings.Builder
	code = run(t.Context(), append([]string{"scrub"}, args...), strings.NewReader(input), &out, &errs)
	return out.String(), errs.String(), code
}

func TestScrubLeavesCleanTextAndSaysSo(t *testing.T) {
	const clean = "a line\r\n\nanother, without an end: é \xff"
	stdout, stderr, code := scrub(t, clean)
	require.Equal(t, clean, stdout)
	require.Empty(t, stderr)
	require.Zero(t, code)
}

// Whatever is planted is reported at its very bytes and is gone from the output,
// in both formats, and no report shows it.
func TestScrubFindsEveryKind(t *testing.T) {
	for _, secret := range lookalike.All(rand.New(rand.NewPCG(1, 2))) {
		encoded, err := json.Marshal(secret.Text)
		require.NoError(t, err)
		input := "clean\n" + string(encoded) + "\n"
		stdout, _, code := scrub(t, `"clean"`+"\n"+string(encoded)+"\n", "--format", "json")
		require.Equal(t, exitFindings, code, secret.Kind)
		var clean string
		require.NoError(t, json.Unmarshal([]byte(strings.Split(stdout, "\n")[1]), &clean))
		report, words, _ := scrub(t, `"clean"`+"\n"+string(encoded)+"\n", "--format", "json", "--json", "--explain")
		for _, part := range secret.Parts {
			require.NotContains(t, clean, part, secret.Kind)
			require.NotContains(t, report+words, part, secret.Kind)
		}
		require.Contains(t, report, `"line":2,`)
		require.Contains(t, report, `"detector":"`+secret.Kind+`"`)
		covered := secret.Text
		for line := range strings.Lines(report) {
			var f finding
			require.NoError(t, json.Unmarshal([]byte(line), &f))
			covered = covered[:f.Start] + strings.Repeat(" ", f.End-f.Start) + covered[f.End:]
		}
		for _, part := range secret.Parts {
			require.NotContains(t, covered, part, "%s: the offsets cover it", secret.Kind)
		}
		if strings.Contains(secret.Text, "\n") {
			continue // as lines it is several values
		}
		stdout, _, code = scrub(t, input)
		require.Equal(t, exitFindings, code)
		for _, part := range secret.Parts {
			require.NotContains(t, stdout, part)
		}
	}
}

func TestScrubReadsFilesAndNamesThem(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.log"), filepath.Join(dir, "b.log")
	require.NoError(t, os.WriteFile(a, []byte("fine\n"), 0o600))
	require.NoError(t, os.WriteFile(b, []byte("x\nmail jane@example.com\n"), 0o600))
	stdout, stderr, code := scrub(t, "", "--explain", a, b)
	require.Equal(t, "fine\nx\nmail [REDACTED:email]\n", stdout)
	require.Equal(t, b+":2: bytes 5 to 21: email, certain: replaced (e-mail address with a domain that can exist)\n", stderr)
	require.Equal(t, exitFindings, code)
}

func TestScrubTellsOfUnsureFindingsIfAsked(t *testing.T) {
	ssn := "219" + "09" + "9998"
	stdout, _, code := scrub(t, ssn+"\n", "--json")
	require.Empty(t, stdout)
	require.Zero(t, code)
	stdout, _, code = scrub(t, ssn+"\n", "--json", "--possible")
	require.JSONEq(t, `{"file":"-","line":1,"start":0,"end":9,"detector":"us_ssn","confidence":"possible"}`, stdout)
	require.Zero(t, code)
}

func TestScrubNamesEveryWrongInput(t *testing.T) {
	stdout, stderr, code := scrub(t, "\"ok\"\nnot json\n{\"a\":1}\n\n\"last\"", "--format", "json")
	require.Equal(t, "\"ok\"\n\n\"last\"", stdout)
	require.Equal(t, exitUsage, code)
	require.Equal(t, strings.Join([]string{
		`-:2: got no JSON string (invalid character 'o' in literal null (expecting 'u')), allowed: one JSON string a line, or --format lines`,
		`-:3: got no JSON string (json: cannot unmarshal object into Go value of type string), allowed: one JSON string a line, or --format lines`,
		"",
	}, "\n"), stderr)

	_, stderr, code = scrub(t, "", "--format", "xml", "x")
	require.Equal(t, exitUsage, code)
	require.Contains(t, stderr, `--format: got "xml", allowed: lines or json`)

	_, stderr, code = scrub(t, "", "no/such/file", t.TempDir())
	require.Equal(t, exitUsage, code)
	require.Contains(t, stderr, "no/such/file")
	require.Contains(t, stderr, "is a directory")
}
