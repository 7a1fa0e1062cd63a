package detect

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// shapes are the spellings in which random numbers are tried, in the language of
// patterns of identifier.go.
var shapes = map[string][]string{
	"us_ssn":            {"999-99-9999", "999999999"},
	"us_itin":           {"999-99-9999", "999999999"},
	"us_ein":            {"99-9999999"},
	"us_dea":            {"AA9999999"},
	"us_npi":            {"9999999999"},
	"us_mbi":            {"XXXXXXXXXXX"},
	"uk_nino":           {"XXXXXXXXX"},
	"uk_nhs":            {"999 999 9999", "9999999999"},
	"uk_utr":            {"9999999999"},
	"passport_number":   {"999999999", "A99999999"},
	"fr_nir":            {"9 99 99 99 999 999 99", "999999999999999"},
	"it_codice_fiscale": {"AAAAAA99A99A999A"},
	"es_dni":            {"99999999A", "99999999-A", "99.999.999-A"},
	"es_nie":            {"A9999999A"},
	"pt_nif":            {"999999999"},
	"nl_bsn":            {"999999999"},
	"be_nn":             {"99.99.99-999.99", "99999999999"},
	"de_steuerid":       {"99999999999"},
	"de_rvnr":           {"99999999A999", "99 999999 A 999"},
	"pl_pesel":          {"99999999999"},
	"se_pnr":            {"999999-9999", "99999999-9999", "9999999999"},
	"fi_hetu":           {"999999-999A", "999999-9999", "999999+999A", "999999A999A"},
	"no_fnr":            {"99999999999"},
	"dk_cpr":            {"999999-9999", "9999999999"},
	"cz_rc":             {"999999/9999", "9999999999"},
	"ro_cnp":            {"9999999999999"},
	"bg_egn":            {"9999999999"},
	"gr_amka":           {"99999999999"},
	"ie_pps":            {"9999999A", "9999999AA"},
	"at_svnr":           {"9999 999999", "9999999999"},
	"lt_ak":             {"99999999999"},
	"ee_ik":             {"99999999999"},
	"lv_pk":             {"999999-99999", "99999999999"},
	"hr_oib":            {"99999999999"},
	"hu_taj":            {"999 999 999", "999999999"},
	"hu_taxid":          {"9999999999"},
	"si_emso":           {"9999999999999"},
	"lu_nin":            {"9999999999999"},
	"mt_id":             {"9999999A"},
	"cy_tic":            {"99999999A"},
	"ch_ahv":            {"999.9999.9999.99", "9999999999999"},
	"ca_sin":            {"999-999-999", "999999999"},
	"br_cpf":            {"999.999.999-99", "99999999999"},
	"br_cnpj":           {"99.999.999/9999-99", "XX.XXX.XXX/XXXX-99", "99999999999999"},
	"mx_curp":           {"AAAA999999AAAAAA99"},
	"mx_rfc":            {"AAAA999999AA9"},
	"ar_cuit":           {"99-99999999-9", "99999999999"},
	"cl_rut":            {"99.999.999-9", "9.999.999-9", "99999999-9"},
	"co_nit":            {"999.999.999-9", "9999999999"},
	"pe_dni":            {"99999999"},
	"pe_ruc":            {"99999999999"},
	"uy_ci":             {"9.999.999-9", "99999999"},
	"ec_ci":             {"9999999999"},
	"ve_rif":            {"A-99999999-9", "A999999999"},
	"in_aadhaar":        {"9999 9999 9999", "9999-9999-9999", "999999999999"},
	"in_pan":            {"AAAAA9999A"},
	"in_gstin":          {"99AAAAA9999A9AX"},
	"cn_ric":            {"999999999999999999", "99999999999999999A"},
	"jp_mynumber":       {"9999 9999 9999", "999999999999"},
	"kr_rrn":            {"999999-9999999", "9999999999999"},
	"sg_nric":           {"A9999999A"},
	"tw_id":             {"A999999999"},
	"hk_hkid":           {"A999999(9)", "A9999999", "AA999999(9)"},
	"th_tnin":           {"9-9999-99999-99-9", "9999999999999"},
	"my_nric":           {"999999-99-9999", "999999999999"},
	"id_nik":            {"9999999999999999"},
	"au_tfn":            {"999 999 999", "999999999"},
	"au_medicare":       {"9999 99999 9", "9999999999"},
	"au_abn":            {"99 999 999 999", "99999999999"},
	"nz_ird":            {"99-999-999", "999-999-999", "99999999"},
	"za_id":             {"9999999999999"},
	"tr_tckn":           {"99999999999"},
	"il_tz":             {"999999999"},
}

var percent = regexp.MustCompile(`([0-9.]+) %`)

// Evidence says how many random candidates of the shape a detector takes for the
// number. That many it takes and no more, and what it takes without context to be
// likely or certain is rare enough for the word: 5 % and 1 %. In the American social
// security number with hyphens the shape itself is the evidence, as it is in the
// British and the American numbers that mix letters and digits.
func TestEvidenceDoesNotClaimTooMuch(t *testing.T) {
	const tries = 20_000
	for name, patterns := range shapes {
		d := builtin(name)
		s, err := New(d)
		require.NoError(t, err)
		claim := percent.FindStringSubmatch(d.Evidence)
		require.NotNil(t, claim, "%s claims no rate", name)
		claimed, err := strconv.ParseFloat(claim[1], 64)
		require.NoError(t, err)
		rules, random := s.Rules(), rand.New(rand.NewPCG(1, 2))
		rules.From(s.Detectors()[0], Possible) // else a bare shape is not even looked at
		highest := 0.0
		for _, pattern := range patterns {
			accepted, surest := 0, Confidence(0)
			for range tries {
				found, _ := s.Scan(nil, Value{Text: randomly(random, pattern)}, rules)
				if len(found) > 0 {
					accepted++
					surest = max(surest, found[0].Confidence)
				}
			}
			rate := 100 * float64(accepted) / tries
			highest = max(highest, rate)
			tooSure := surest == Certain && rate > 1 || surest == Likely && rate > 5
			if rate > claimed || tooSure && name != "us_ssn" {
				t.Errorf("%s takes %.3f %% of %s as %s, its evidence says %g %%", name, rate, pattern, surest, claimed)
			}
		}
		if highest < claimed/2-0.1 {
			t.Errorf("%s takes %.3f %% at most, its evidence says %g %%", name, highest, claimed)
		}
	}
}

// randomly returns a text of the pattern, its characters uniform.
func randomly(random *rand.Rand, pattern string) string {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	text := []byte(pattern)
	for i, place := range text {
		switch place {
		case '9':
			text[i] = alphabet[random.IntN(10)]
		case 'A':
			text[i] = alphabet[10+random.IntN(26)]
		case 'X':
			text[i] = alphabet[random.IntN(36)]
		}
	}
	return string(text)
}

func TestEveryIdentifierThatIsMatchedClaimsARate(t *testing.T) {
	for _, list := range [][]*Detector{usList, ukList, euList, latamList, apacList} {
		for _, d := range list {
			if d.match != nil {
				require.Contains(t, shapes, d.Name)
			}
		}
	}
}
