package policy_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/golden"
	"github.com/readygate/readygate/internal/policy"
)

// key is long enough, and no key of anybody.
var key = strings.Repeat("k", detect.MinKey)

// compile reads and compiles a policy.
func compile(t *testing.T, text string) *policy.Set {
	t.Helper()
	f, err := policy.Parse("policy.yaml", []byte(text), places)
	require.NoError(t, err)
	set, err := f.Compile(policy.Options{Places: places})
	require.NoError(t, err)
	return set
}

// lookalikes returns what puts look-alikes in the places of their detectors' names,
// {email}, and what puts those names back which stand in the text.
func lookalikes(text string) (plant, unplant *strings.Replacer) {
	var there, back []string
	for _, d := range detect.Builtin() {
		if name, sample := "{"+d.Name+"}", d.Sample(); strings.Contains(text, name) {
			there = append(there, name, sample.Text)
			back = append(back, sample.Text, name, sample.Secret, name)
		}
	}
	return strings.NewReplacer(there...), strings.NewReplacer(back...)
}

// A case is a policy and lines of values, each with a resource attribute, a place
// and a key before it, any of which may be empty.
func TestPoliciesDoWhatTheySay(t *testing.T) {
	for _, path := range cases(t, "testdata/good/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			yaml, sections := archive(t, path)
			f, err := policy.Parse("policy.yaml", yaml, places)
			require.NoError(t, err)
			set, err := f.Compile(policy.Options{Places: places})
			require.NoError(t, err)
			require.NoError(t, set.SelfTest())
			plant, unplant := lookalikes(sections["in"])
			var out strings.Builder
			for line := range strings.Lines(sections["in"]) {
				columns := strings.SplitN(strings.TrimSuffix(line, "\n"), "|", 4)
				require.Len(t, columns, 4, line)
				for i := range 3 {
					columns[i] = strings.TrimSpace(columns[i])
				}
				p := set.For(func(attribute string) (string, bool) {
					name, value, _ := strings.Cut(columns[0], "=")
					return value, name == attribute
				})
				rules := p.Rules(max(slices.Index(places, columns[1]), 0))
				clean, _, _ := p.Scanner.Scrub(nil, detect.Value{Text: plant.Replace(columns[3]), Key: p.Scanner.Key(columns[2])}, rules)
				fmt.Fprintln(&out, unplant.Replace(clean))
			}
			golden.Section(t, path, "out", out.String())
		})
	}
}

func TestEveryPresetCompilesAndPassesItsSelfTest(t *testing.T) {
	for _, preset := range policy.Presets() {
		require.NotEmpty(t, policy.PresetSummary(preset))
		require.NoError(t, compile(t, "preset: "+preset).SelfTest(), preset)
		require.NoError(t, compile(t, "policies: [{name: a, match: {a: [b]}, preset: "+preset+"}]").SelfTest(), preset)
	}
}

func TestThePacksOfThePresetsExist(t *testing.T) {
	for _, preset := range policy.Presets() {
		for _, pack := range policy.PresetPacks(preset) {
			require.Contains(t, detect.Packs(), pack, preset)
		}
		for _, name := range policy.PresetDetectors(preset) {
			require.True(t, slices.ContainsFunc(detect.Builtin(), func(d *detect.Detector) bool { return d.Name == name }), "%s: %s", preset, name)
		}
	}
}

func TestTheHashIsThatOfThePolicyAndNotOfItsKeys(t *testing.T) {
	const text = `
detectors: {email: {action: pseudonym}, jwt: {action: tag}, us_ssn: {places: {log_body: tag, span_attribute: mask}}}
policies: [{name: a, match: {service.name: [x], service.namespace: [y]}}]
pseudonyms: {key_id: k1, key: %s}
`
	want := compile(t, fmt.Sprintf(text, key)).Hash()
	for range 20 { // maps are read in another order each time
		require.Equal(t, want, compile(t, fmt.Sprintf(text, key)).Hash())
	}
	require.Equal(t, want, compile(t, fmt.Sprintf(text, key+"2")).Hash(), "the key is no part of it")
	require.NotEqual(t, want, compile(t, strings.ReplaceAll(fmt.Sprintf(text, key), "k1", "k2")).Hash(), "its id is")
	require.NotEqual(t, want, compile(t, strings.ReplaceAll(fmt.Sprintf(text, key), "action: tag", "action: mask")).Hash())
	require.Len(t, want, 12)
}

func TestASelfTestNamesWhatHidesALookAlike(t *testing.T) {
	set := compile(t, `
allow: [{detector: jwt, values: ["x"]}, {detector: email, regex: ".*"}]
policies:
  - {name: shop, match: {service.name: [shop]}, allow: [{detector: payment_card, values: ["4*", "5*", "3*"]}]}
`)
	require.EqualError(t, set.SelfTest(), `policy "shop": self-test: payment_card does not find its own look-alike, which policies[0].allow[0] allows; allow less, or switch the detector off
policy "shop": self-test: email does not find its own look-alike, which allow[1] allows; allow less, or switch the detector off
self-test: email does not find its own look-alike, which allow[1] allows; allow less, or switch the detector off`)
}

func TestASelfTestAcceptsWhatThePolicyLeavesOnPurpose(t *testing.T) {
	for _, name := range []string{"email", "payment_card", "us_ssn", "secret_assignment"} {
		for _, setting := range []string{"confidence: certain", "action: tag", "enabled: false", "places: {log_body: tag}"} {
			require.NoError(t, compile(t, "detectors: {"+name+": {"+setting+"}}").SelfTest(), "%s %s", name, setting)
		}
	}
}

func TestACaseThatComesOutOtherwiseIsTold(t *testing.T) {
	set := compile(t, `
rules:
  - {name: badge, literals: [BADGE-7], cases: [{in: a BADGE-7, out: "a [REDACTED:badge]"}, {in: BADGE-7, out: BADGE-7}]}
`)
	require.Equal(t, 2, set.NumCases())
	require.EqualError(t, set.SelfTest(), `rules[0].cases[1]: rule badge: got "[REDACTED:badge]", want "BADGE-7"`)
}

func TestPseudonymsOfAValueAreThoseOfAllKeys(t *testing.T) {
	f, err := policy.Parse("policy.yaml", []byte(`
detectors: {email: {action: pseudonym}}
rules: [{name: badge, literals: [BADGE-7]}]
pseudonyms: {key_id: k2, key: "`+key+`", previous: [{key_id: k1, key: "`+key+`1"}]}
`), places)
	require.NoError(t, err)
	tokens, err := f.Tokens("email", "Jane.Doe@Example.com")
	require.NoError(t, err)
	require.Len(t, tokens, 2)
	require.Regexp(t, "^email_k2_[0-9a-f]{16}$", tokens[0].Text)
	require.Regexp(t, "^email_k1_[0-9a-f]{16}$", tokens[1].Text)
	require.Equal(t, "k2", tokens[0].KeyID)

	set, err := f.Compile(policy.Options{Places: places})
	require.NoError(t, err)
	p := set.Default()
	clean, _, _ := p.Scanner.Scrub(nil, detect.Value{Text: "to jane.doe@example.com"}, p.Rules(0))
	require.Equal(t, "to "+tokens[0].Text, clean, "it is what the gateway writes")

	tokens, err = f.Tokens("badge", "BADGE-7")
	require.NoError(t, err)
	require.Regexp(t, "^badge_k2_", tokens[0].Text)
	_, err = f.Tokens("emial", "x")
	require.EqualError(t, err, `got "emial", allowed: the name of a detector; readyctl scrub rules lists them; did you mean "email"?`)
}

func TestASecretIsNeverPrinted(t *testing.T) {
	s := policy.Secret("hush")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		require.NotContains(t, fmt.Sprintf(verb, s), "hush")
		require.NotContains(t, fmt.Sprintf(verb, policy.KeyConfig{Key: s}), "hush")
	}
}
