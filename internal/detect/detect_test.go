package detect

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCases runs testdata/cases, one file for each detector. A case is
//
//	key: the key that the value stands under    (optional)
//	in: the value
//	out: the value scrubbed
//
// or "same: the value" where nothing may change. A blank line ends it.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	byDefault := Default()
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			scanner := byDefault
			d := builtin(strings.TrimSuffix(filepath.Base(file), ".txt"))
			if d == nil {
				t.Skip("no detector has these cases; another test says so")
			}
			if !d.OnByDefault() {
				var err error
				scanner, err = New(append(Select(), d)...)
				require.NoError(t, err)
			}
			for _, c := range readCases(t, file) {
				key := scanner.Key(c.key)
				got, findings, reason := scrubbed(scanner, key, c.in)
				if got != c.out {
					t.Errorf("%s:%d\n  in   %s\n  got  %s\n  want %s\n  findings %s", file, c.line, c.in, got, c.out, describe(findings))
				}
				require.Empty(t, reason)
				again, _, _ := scrubbed(scanner, key, got)
				require.Equal(t, got, again, "%s:%d: scrubbing twice", file, c.line)
				if c.key == "" && strings.HasPrefix(c.in, "{") && json.Valid([]byte(c.in)) {
					require.True(t, json.Valid([]byte(got)), "%s:%d: %s is no longer JSON", file, c.line, got)
				}
			}
		})
	}
}

type testCase struct {
	line         int
	key, in, out string
}

func readCases(t *testing.T, file string) []testCase {
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	var cases []testCase
	var c testCase
	for i, line := range strings.Split(string(raw)+"\n\n", "\n") {
		field, value, _ := strings.Cut(line, ": ")
		value = fill(t, value)
		switch {
		case strings.HasPrefix(line, "#"):
		case field == "key":
			c.key = value
		case field == "in":
			c.line, c.in = i+1, value
		case field == "out":
			c.out = value
		case field == "same":
			c.line, c.in, c.out = i+1, value, value
		case line == "":
			if c.line > 0 {
				cases = append(cases, c)
			}
			c = testCase{}
		default:
			t.Fatalf("%s:%d: got %q, allowed: key:, in:, out:, same:, # or a blank line", file, i+1, line)
		}
	}
	require.NotEmpty(t, cases)
	return cases
}

// scrubbed scrubs by the default rules.
func scrubbed(s *Scanner, key KeyClass, text string) (string, []Finding, Reason) {
	return s.Scrub(nil, Value{Text: text, Key: key}, s.Rules())
}

// builtin returns the detector of a name, or nil.
func builtin(name string) *Detector {
	for _, d := range Builtin() {
		if d.Name == name {
			return d
		}
	}
	return nil
}

func describe(findings []Finding) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(f.Detector.Name + "/" + f.Confidence.String() + " ")
	}
	return b.String()
}

// Every file that declares a detector is registered and has its cases; a file
// that is forgotten in the list fails here.
func TestEveryDetectorIsRegisteredAndHasCases(t *testing.T) {
	registered := map[string]bool{}
	for _, d := range Builtin() {
		registered[d.Name] = true
		require.FileExists(t, d.Name+".go")
		require.FileExists(t, "testdata/cases/"+d.Name+".txt")
		require.NotEmpty(t, d.Summary, d.Name)
		require.NotEmpty(t, d.Evidence, d.Name)
		require.NotNil(t, d.sample, d.Name)
	}
	cases, err := filepath.Glob("testdata/cases/*.txt")
	require.NoError(t, err)
	for _, file := range cases {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		require.True(t, registered[name], "%s has cases, and Builtin does not list it", name)
	}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, file := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		for _, name := range declared(tree) {
			require.True(t, registered[strings.TrimSuffix(file, ".go")], "%s declares the detector %s that Builtin does not list", file, name)
		}
	}
}

// declared returns the variables of a file that are declared as a detector.
func declared(tree *ast.File) (names []string) {
	for _, decl := range tree.Decls {
		general, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range general.Specs {
			value, ok := spec.(*ast.ValueSpec)
			if !ok || len(value.Values) != 1 {
				continue
			}
			ref, ok := value.Values[0].(*ast.UnaryExpr)
			if !ok {
				continue
			}
			if lit, ok := ref.X.(*ast.CompositeLit); ok {
				if id, ok := lit.Type.(*ast.Ident); ok && id.Name == "Detector" {
					names = append(names, value.Names[0].Name)
				}
			}
		}
	}
	return names
}

// What the self-test of the gateway plants is found by each detector beside those
// that are on by default, and by all of them together.
func TestEveryDetectorFindsItsSample(t *testing.T) {
	all, err := New(Builtin()...)
	require.NoError(t, err)
	for _, d := range Builtin() {
		alone, err := New(append(slices.DeleteFunc(Select(), func(o *Detector) bool { return o == d }), d)...)
		require.NoError(t, err)
		for _, s := range []*Scanner{alone, all} {
			sample := d.Sample()
			require.Contains(t, sample.Text, sample.Secret, d.Name)
			clean, findings, reason := scrubbed(s, s.Key(sample.Key), sample.Text)
			require.Empty(t, reason, d.Name)
			require.NotEmpty(t, findings, "%s: %s", d.Name, sample.Text)
			if d.DefaultAction() != Tag {
				require.NotContains(t, clean, sample.Secret, d.Name)
			}
		}
	}
}

func TestNewNamesEverythingWrongWithADetector(t *testing.T) {
	_, err := New(&Detector{Name: "Bad-Name", anchors: []string{"ab"}, Keeps: 9}, email, email)
	require.EqualError(t, err, strings.Join([]string{
		`detector "Bad-Name": its name must be snake_case of 1 to 40 characters`,
		`it needs a matcher, and an anchor, a trigger or keys`,
		`anchor "ab" has no 3 bytes in a row without three digits`,
		`it keeps 9 characters, at most 4 are allowed`,
		`detector "email" stands twice`,
	}, "\n"))
}

func TestFindingsAreSortedAndDoNotOverlap(t *testing.T) {
	text := fill(t, "a {{akia}} password={{ghp}} https://u:{{jwt}}@example.com {{visa.spaced}} {{ssn}} jane@example.com")
	s := Default()
	findings, _ := s.Scan(nil, Value{Text: text}, s.Rules())
	require.Len(t, findings, 6, describe(findings))
	end := 0
	for _, f := range findings {
		require.GreaterOrEqual(t, f.Start, end)
		require.Greater(t, f.End, f.Start)
		end = f.End
	}
}

func TestScrubReportsOffsetsOfTheGivenText(t *testing.T) {
	text := fill(t, "mail jane@example.com, key {{akia}}, card {{visa}}")
	_, findings, _ := scrubbed(Default(), KeyClass{}, text)
	var found []string
	for _, f := range findings {
		found = append(found, text[f.Start:f.End])
	}
	require.Equal(t, []string{"jane@example.com", fakes()["akia"], fakes()["visa"]}, found)
}

func TestOverlappingFindingsAreCoveredTogether(t *testing.T) {
	long := Finding{Start: 2, End: 9, Detector: email, Confidence: Likely, Action: Mask}
	sure := Finding{Start: 5, End: 12, Detector: jwt, Confidence: Certain, Action: Mask}
	maybe := Finding{Start: 0, End: 4, Detector: usSSN, Confidence: Possible}
	got := merge([]Finding{sure, long, maybe}, 0)
	require.Equal(t, []Finding{{Start: 2, End: 12, Detector: jwt, Confidence: Certain, Action: Mask, widened: true}}, got)
}

func TestMarkersOfUnknownNamesAreScanned(t *testing.T) {
	text := fill(t, "[REDACTED:not_ours] [REDACTED:{{akia}}] [REDACTED:email:{{visa}}]")
	clean, _, _ := scrubbed(Default(), KeyClass{}, text)
	require.NotContains(t, clean, fakes()["akia"])
	require.NotContains(t, clean, fakes()["visa"])
	require.Contains(t, clean, "[REDACTED:not_ours]")
}

func TestKeyClasses(t *testing.T) {
	s := Default()
	for _, key := range []string{"password", "db.password", "userPassword", "DB_PASSWORD", "X-Api-Key", "apiKey", "APIKey", "aws_secret_access_key", "client-secret", "dbpassword", "password2", "http.request.header.authorization", "cvv", "refreshToken", "token"} {
		require.True(t, s.Key(key).Sensitive(), key)
		require.True(t, s.Key(key).Sensitive(), "%s, remembered", key)
	}
	for _, key := range []string{"", "password_changed_at", "secret_name", "token_count", "max_tokens", "gen_ai.usage.input_tokens", "token_type", "key_id", "primary_key", "partition_key", "public_key", "author", "authority", "compass", "monkey", "secretary", "next_page_token", "password_length", "mfa_enabled", "service.name"} {
		require.False(t, s.Key(key).Sensitive(), key)
	}
	require.True(t, s.Key("user.jane@example.com.visits").Tainted())
	require.False(t, s.Key("user.visits").Tainted())
}

func TestScannerIsSafeForConcurrentUse(t *testing.T) {
	s := Default()
	text := fill(t, "password={{token}} {{visa}}")
	want, _, _ := scrubbed(s, KeyClass{}, text)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 200 {
				got, _, _ := scrubbed(s, s.Key("message"), text)
				if got != want {
					t.Errorf("got %s", got)
				}
			}
		})
	}
	wg.Wait()
}

func TestCleanTextAllocatesNothing(t *testing.T) {
	if underRace {
		t.Skip("sync.Pool forgets under the race detector")
	}
	s := Default()
	lines := cleanLines()
	buf, rules := make([]Finding, 0, 8), s.Rules()
	require.Zero(t, testing.AllocsPerRun(20, func() {
		for _, line := range lines {
			buf, _ = buf[:0], s.Key("message")
			if _, found, _ := s.Scrub(buf, Value{Text: line}, rules); len(found) > 0 {
				panic("a finding in clean text: " + line + describe(found))
			}
		}
	}))
}

func TestMarkersSayNothingAboutTheirNeighbours(t *testing.T) {
	s := Default()
	require.False(t, s.Key("x.[REDACTED:http_authorization]").Sensitive())
	text := fill(t, "[REDACTED:payment_card:1111] {{visa13}}")
	clean, _, _ := scrubbed(s, KeyClass{}, text)
	require.Equal(t, text, clean)
}

// The memo of keys keeps what it remembers while no more keys come than it has
// room for in each set.
func TestBusyKeysAreRemembered(t *testing.T) {
	s := Default()
	keys := []string{"http.request.method", "url.path", "db.password", "user.id", "service.name", "k8s.pod.name"}
	for range 3 {
		for _, k := range keys {
			s.Key(k)
		}
	}
	require.Zero(t, testing.AllocsPerRun(50, func() {
		for _, k := range keys {
			s.Key(k)
		}
	}))
}
