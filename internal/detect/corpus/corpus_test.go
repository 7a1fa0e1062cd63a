package corpus

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/readygate/readygate/internal/golden"
)

func TestEveryExampleParsesAndNamesItsSource(t *testing.T) {
	examples, err := parseAll(secretFiles)
	require.NoError(t, err)
	require.Equal(t, examples, Secrets())
	for _, e := range examples {
		require.Equal(t, 1, strings.Count(e.Text, e.Secret), "the secret stands once in %q", e.Text)
		require.NotContains(t, e.Text+e.Source+e.Kind+e.Key, cut)
		require.Regexp(t, `^[a-z0-9_]+$`, e.Kind)
	}
}

func TestNoExampleIsThereTwice(t *testing.T) {
	type place struct{ key, text, secret string }
	seen := map[place]string{}
	for _, e := range Secrets() {
		p := place{e.Key, e.Text, e.Secret}
		require.Empty(t, seen[p], "%q", e.Text)
		seen[p] = e.Source
	}
}

func TestThereAreEnoughExamplesOfEachKind(t *testing.T) {
	count := map[string]int{}
	numbers, countries := map[string]bool{}, map[string]bool{}
	for _, e := range Secrets() {
		count[e.Kind]++
		switch e.Kind {
		case "payment_card":
			numbers[strings.NewReplacer(" ", "", "-", "").Replace(e.Secret)] = true
		case "iban":
			countries[e.Secret[:2]] = true
		}
	}
	require.GreaterOrEqual(t, len(numbers), 120, "card numbers")
	require.GreaterOrEqual(t, len(countries), 75, "countries of IBANs")
	for kind, least := range map[string]int{
		"email": 60, "jwt": 30, "private_key_pem": 20, "http_authorization": 30,
		"url_userinfo": 15, "connection_string": 15, "secret_assignment": 20, "password_hash": 20,
		"us_ssn": 10, "phone_e164": 10, "assigned": 50,
	} {
		require.GreaterOrEqual(t, count[kind], least, kind)
	}
	require.GreaterOrEqual(t, len(count), 120, "kinds")
}

// prefixes are beginnings by which vendors mark their tokens.
var prefixes = strings.Fields(`
	AKIA ASIA ABIA ACCA ABSK bedrock-api-key- AGE-SECRET-KEY-1 AIza GOCSPX- ya29. LTAI
	ghp_ gho_ ghu_ ghs_ ghr_ github_pat_
	glpat- gldt- glrt- glcbt- glptt- glft- glimt- glagent- glsoat- gloas- glffct-
	xoxb- xoxp- xoxa- xoxr- xoxs- xoxo- xoxe- xoxe. xapp-
	sk_live_ sk_test_ sk_prod_ rk_live_ rk_prod_ whsec_
	sk-proj- sk-svcacct- sk-admin- sk-ant-api03- sk-ant-admin01- hf_ api_org_ gsk_ pplx- xai- r8_
	npm_ pypi-AgEI rubygems_ cio oy2 dckr_pat_ dckr_oat_ SG. key- xkeysib- SK re_
	glc_ glsa_ eyJrIjoi NRAK- NRJS- NRII- sntrys_ sntryu_ hcxik_ hcaik_ dt0c01.
	hvs. hvb. s. dp.pt. pul- dapi pscale_tkn_ pscale_pw_ pscale_oauth_ sbp_ sb_secret_
	dop_v1_ doo_v1_ dor_v1_ fo1_ fm1a_ fm2_ HRKU- nfp_ sha256~ v1.0-
	shpat_ shpca_ shppa_ shpss_ sq0atp- sq0csp- EAAA ATATT3xFfGF0 PMAK- figd_ lin_api_ ntn_
	sl. access_token$production$ ops_eyJ A3- EAA pat`)

func TestThereAreVendorTokensOfManyPrefixes(t *testing.T) {
	found, tokens := map[string]bool{}, 0
	for _, e := range Secrets() {
		for _, p := range prefixes {
			if strings.HasPrefix(e.Secret, p) {
				found[p] = true
				tokens++
				break
			}
		}
	}
	require.GreaterOrEqual(t, tokens, 150)
	for _, p := range prefixes {
		if !found[p] {
			t.Errorf("no example begins with %q", p)
		}
	}
	require.GreaterOrEqual(t, len(found), 60)
}

// obvious are patterns any scanner of repositories has.
var obvious = regexp.MustCompile(strings.Join([]string{
	`(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}`, `gh[pousr]_\w{30}`, `github_pat_\w{30}`, `glpat-[\w-]{20}`,
	`xox[abeoprs]-\w+`, `xapp-\d`, `[sr]k_(live|test)_\w{10}`, `sk-(ant|proj|admin)[\w-]{20}`, `hf_\w{30}`,
	`AIza[\w-]{35}`, `eyJ[\w-]{10,}\.eyJ`, `-----BEGIN [A-Z ]*PRIVATE KEY`, `hooks\.slack\.com/services/T`,
	`npm_\w{36}`, `pypi-AgEI`, `SG\.[\w-]{22}\.`, `dop_v1_[0-9a-f]{64}`, `hv[sb]\.\w{20}`, `\b[3-6]\d{12,15}\b`,
	`\$2[aby]\$\d\d\$`, `AccountKey=[\w+/]{60}`, `://[^/\s:@¦]+:[^/\s:@¦‹]{8,}@`,
}, "|"))

func TestTheFilesHoldNothingAScannerTakesForASecret(t *testing.T) {
	for _, files := range []fs.FS{secretFiles, ordinaryFiles} {
		require.NoError(t, fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(files, name)
			for i, line := range strings.Split(string(data), "\n") {
				if m := obvious.FindString(line); m != "" {
					t.Errorf("%s:%d holds %q", name, i+1, m)
				}
			}
			return err
		}))
	}
}

func TestAllProblemsOfTheFilesAreToldAtOnce(t *testing.T) {
	const path = "testdata/malformed.txtar"
	archive, err := txtar.ParseFile(path)
	require.NoError(t, err)
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	var problems strings.Builder
	_, err = parseAll(files)
	for line := range strings.Lines(err.Error()) {
		problems.WriteString("secrets: " + strings.TrimSuffix(line, "\n") + "\n")
	}
	_, err = compileAll(files)
	for line := range strings.Lines(err.Error()) {
		problems.WriteString("ordinary: " + strings.TrimSuffix(line, "\n") + "\n")
	}
	golden.Section(t, path, "problems", problems.String())
}
