package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/demo/lookalike"
	"github.com/readygate/readygate/internal/detect"
)

// scrubbed runs the command on some input.
func scrubbed(t *testing.T, input string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs strings.Builder
	code = run(t.Context(), append([]string{"scrub"}, args...), strings.NewReader(input), &out, &errs)
	return out.String(), errs.String(), code
}

// written returns the path of a new file.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestScrubLeavesCleanTextAndSaysSo(t *testing.T) {
	const clean = "a line\r\n\nanother, without an end: é \xff"
	for _, args := range [][]string{nil, {written(t, "clean.txt", clean)}} {
		stdout, stderr, code := scrubbed(t, clean, args...)
		require.Equal(t, clean, stdout)
		require.Empty(t, stderr)
		require.Zero(t, code)
	}
}

// Whatever is planted is gone from the output, from stdin, from a file and as a
// JSON string, is reported where it stands, and no report shows it.
func TestScrubFindsEveryKind(t *testing.T) {
	for _, secret := range lookalike.All(rand.New(rand.NewPCG(1, 2))) {
		input := "clean\n" + secret.Text + "\nend\n"
		path := written(t, "planted.txt", input)
		encoded, err := json.Marshal(secret.Text)
		require.NoError(t, err)
		lines := "\"clean\"\n" + string(encoded) + "\n"
		for name, run := range map[string]func(args ...string) (string, string, int){
			"stdin": func(args ...string) (string, string, int) { return scrubbed(t, input, args...) },
			"file":  func(args ...string) (string, string, int) { return scrubbed(t, "", append(args, path)...) },
			"json": func(args ...string) (string, string, int) {
				return scrubbed(t, lines, append(args, "--format", "json")...)
			},
		} {
			stdout, words, code := run("--explain")
			require.Equal(t, exitFindings, code, "%s %s", name, secret.Kind)
			report, _, code := run("--report", "json")
			require.Equal(t, exitFindings, code)
			sarif, _, _ := run("--report", "sarif")
			for _, part := range secret.Parts {
				for _, text := range []string{stdout, words, report, sarif} {
					require.NotContains(t, text, part, "%s %s", name, secret.Kind)
				}
			}
			if !strings.Contains(secret.Text, "\n") {
				require.Contains(t, report, `"line":2,`)
			}
			require.Contains(t, report, `"detector":"`+secret.Kind+`"`)
		}
		report, _, _ := scrubbed(t, "", "--report", "json", path)
		covered := cover(t, input, report)
		for _, part := range secret.Parts {
			require.NotContains(t, covered, part, "%s: lines and columns cover it", secret.Kind)
		}
	}
}

// cover blanks what a report points to.
func cover(t *testing.T, text, report string) string {
	t.Helper()
	rows := strings.SplitAfter(text, "\n")
	for line := range strings.Lines(report) {
		var f finding
		require.NoError(t, json.Unmarshal([]byte(line), &f))
		for n := f.Line; n <= f.EndLine; n++ {
			row := []rune(rows[n-1])
			from, to := 0, len(row)
			if n == f.Line {
				from = f.Column - 1
			}
			if n == f.EndLine {
				to = f.EndColumn - 1
			}
			for i := from; i < to; i++ {
				row[i] = ' '
			}
			rows[n-1] = string(row)
		}
	}
	return strings.Join(rows, "")
}

func TestAPrivateKeyOfSeveralLinesIsFoundInEveryInput(t *testing.T) {
	const label = "PRIVATE" + " KEY-----"
	body := strings.Repeat("MIIEpAIBAAKCAQEA7bq0q7Wd2Kx9Lm4Tz8Rb\n", 30)
	key := "-----BEGIN " + label + "\n" + body + "-----END " + label
	putty := "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: x\nPublic-Lines: 1\nAAAAB3NzaC1yc2E\nPrivate-Lines: 2\n" +
		strings.Repeat("q7Wd2Kx9Lm4Tz8Rb3Vn6Yc1Hs5Jf0Gpq7Wd2Kx9Lm4Tz8Rb3Vn6Yc1Hs5Jf0Gp\n", 2) + "Private-MAC: " + strings.Repeat("a1", 32)
	filler := strings.Repeat("a line of no interest\n", maxWhole/20)
	for name, c := range map[string]struct{ text, hidden, after string }{
		"pem":             {key + "\nafter\n", "MIIEpAIB", "after\n"},
		"indented":        {"key: |\n  " + strings.ReplaceAll(key, "\n", "\n  ") + "\nafter: x\n", "MIIEpAIB", "after: x\n"},
		"cut off":         {"-----BEGIN " + label + "\n" + body, "MIIEpAIB", ""},
		"putty":           {putty + "\nafter\n", "q7Wd2Kx9", "after\n"},
		"far into a file": {filler + key + "\nafter\n", "MIIEpAIB", "after\n"},
	} {
		stdout, _, code := scrubbed(t, c.text)
		require.Equal(t, exitFindings, code, name)
		require.NotContains(t, stdout, c.hidden, "%s, stdin", name)
		require.True(t, strings.HasSuffix(stdout, c.after), "%s, stdin", name)

		stdout, _, code = scrubbed(t, "", written(t, "key.txt", c.text))
		require.Equal(t, exitFindings, code, name)
		require.NotContains(t, stdout, c.hidden, "%s, file", name)
		require.True(t, strings.HasSuffix(stdout, c.after), "%s, file", name)
	}
}

// What looks like the beginning of a key, and has no end, holds up only so much.
func TestAKeyWithoutAnEndIsReadToALimit(t *testing.T) {
	begin := "-----BEGIN " + "PRIVATE KEY-----\n"
	input := begin + strings.Repeat("a line of no interest\n", 3*maxBlockLines) + "mail jane@example.com\n"
	stdout, _, code := scrubbed(t, input)
	require.Equal(t, exitFindings, code)
	require.Equal(t, strings.ReplaceAll(input, "jane@example.com", "[REDACTED:email]"), stdout)
}

func TestALineThatIsTooLongBecomesAMarker(t *testing.T) {
	stdout, _, code := scrubbed(t, "a\n"+strings.Repeat("x", maxLine+1)+"\nb\n", "--explain")
	require.Equal(t, exitFindings, code)
	require.Equal(t, "a\n"+detect.Unscannable(detect.TooLarge)+"\nb\n", stdout)
}

// The report of a tree is the same whichever worker is first.
func TestTheReportOfADirectoryIsInOrder(t *testing.T) {
	dir := t.TempDir()
	var want strings.Builder
	for i := range 200 {
		name := filepath.Join(dir, fmt.Sprintf("%03d.txt", i))
		require.NoError(t, os.WriteFile(name, []byte(strings.Repeat("clean\n", i%7*100)+"jane@example.com\n"), 0o600))
		fmt.Fprintf(&want, "%s:%d:1: email, certain: mask\n", name, i%7*100+1)
	}
	for range 5 {
		stdout, stderr, code := scrubbed(t, "", dir)
		require.Equal(t, exitFindings, code)
		require.Equal(t, want.String(), stdout)
		require.Contains(t, stderr, "200 findings in 200 files")
	}
}

func TestBinaryFilesOfADirectoryAreLeftOutAndTold(t *testing.T) {
	dir := t.TempDir()
	binary := filepath.Join(dir, "a.bin")
	require.NoError(t, os.WriteFile(binary, []byte("\x00 jane@example.com"), 0o600))
	stdout, stderr, code := scrubbed(t, "", "--explain", dir)
	require.Empty(t, stdout)
	require.Equal(t, binary+": left out, a binary file\n0 files, 0.0 kB: nothing found; 1 binary file left out\n", stderr)
	require.Zero(t, code)

	stdout, _, code = scrubbed(t, "", binary)
	require.Equal(t, "\x00 [REDACTED:email]", stdout, "a file that is named is scrubbed")
	require.Equal(t, exitFindings, code)
}

func TestAnUnreadableFileDoesNotEndARun(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("everything is readable to the superuser")
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a"), nil, 0o000))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "b"), []byte("jane@example.com"), 0o600))
	stdout, stderr, code := scrubbed(t, "", "--output", filepath.Join(dir, "out"), dir)
	require.Equal(t, exitUsage, code)
	require.Contains(t, stdout, "b:1:1: email")
	require.Contains(t, stderr, "a: permission denied")
	require.NoFileExists(t, filepath.Join(dir, "out", "b"))
}

func TestCopiesHaveTheModesOfTheirFiles(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	script := filepath.Join(dir, "run.sh")
	require.NoError(t, os.WriteFile(script, []byte("mail jane@example.com\n"), 0o700))
	_, _, code := scrubbed(t, "", "--output", out, dir)
	require.Equal(t, exitFindings, code)
	info, err := os.Stat(filepath.Join(out, "run.sh"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	entries, err := os.ReadDir(out)
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing temporary stays")
}

func TestACopyNeverReplacesItsFile(t *testing.T) {
	dir := t.TempDir()
	log, link := filepath.Join(dir, "app.log"), filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.WriteFile(log, []byte("mail jane@example.com\n"), 0o600))
	require.NoError(t, os.Symlink(dir, link))
	for _, out := range []string{dir, link} {
		for _, path := range []string{dir, log} {
			_, stderr, code := scrubbed(t, "", "--output", out, path)
			require.Equal(t, exitUsage, code)
			require.Contains(t, stderr, "--output: got "+out+", where the copy of "+log+" would replace the file itself; allowed: another directory")
		}
	}
	content, err := os.ReadFile(log)
	require.NoError(t, err)
	require.Equal(t, "mail jane@example.com\n", string(content))
}
