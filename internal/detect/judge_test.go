package detect

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/detect/corpus"
)

// The bars of recall, on examples that others published: see the package corpus.
const (
	barVendorTokens = 0.98
	barEmail        = 0.99
)

// exact are the kinds of which every example must be found.
var exact = words(`payment_card iban us_ssn private_key_pem jwt`)

// withoutBar are kinds of which no bar is promised: see docs/not-found.md. They are
// counted all the same.
var withoutBar = words(`assigned vendor_other personal_field phone_national imei imsi iccid`)

// TestRecallOnPublishedExamples takes the examples through all detectors and counts
// those of which nothing readable is left.
func TestRecallOnPublishedExamples(t *testing.T) {
	byDefault := Default()
	everything, err := New(Builtin()...)
	require.NoError(t, err)
	packed := map[string]bool{}
	for _, d := range Builtin() {
		packed[d.Name] = !d.OnByDefault()
	}
	found, all := map[string]int{}, map[string]int{}
	var missed []string
	for _, e := range corpus.Secrets() {
		scanner := byDefault
		if packed[e.Kind] || nationalIdentifier(e.Kind) {
			scanner = everything
		}
		clean, findings, _ := scrubbed(scanner, scanner.Key(e.Key), e.Text)
		all[e.Kind]++
		if readable(clean, e) && !onlyCounted(e, findings) {
			missed = append(missed, fmt.Sprintf("%-24s %s: %s", e.Kind, e.Source, abridged(clean)))
		} else {
			found[e.Kind]++
		}
	}
	vendors := [2]int{}
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		recall := float64(found[kind]) / float64(all[kind])
		if recall < 1 {
			t.Logf("%-24s %3d of %3d", kind, found[kind], all[kind])
		}
		bar := 0.0
		switch {
		case exact[kind]:
			bar = 1
		case kind == "email":
			bar = barEmail
		case !withoutBar[kind] && !nationalIdentifier(kind):
			vendors[0] += found[kind]
			vendors[1] += all[kind]
		}
		if recall < bar {
			t.Errorf("%s: %d of %d, the bar is %g", kind, found[kind], all[kind], bar)
		}
	}
	t.Logf("tokens: %d of %d; all examples: %d, missed:\n%s", vendors[0], vendors[1], len(corpus.Secrets()), strings.Join(missed, "\n"))
	require.GreaterOrEqual(t, float64(vendors[0])/float64(vendors[1]), barVendorTokens)
}

// nationalIdentifier reports whether a kind begins with the code of a country.
func nationalIdentifier(kind string) bool { return len(kind) > 3 && kind[2] == '_' }

// onlyCounted reports whether the example is a card number of 13 or 19 digits without
// any context: too many identifiers are such numbers, so they are counted only.
func onlyCounted(e corpus.Example, findings []Finding) bool {
	digits := len(onlyDigits(e.Secret))
	return e.Kind == "payment_card" && (digits == 13 || digits == 19) && len(findings) == 1 && findings[0].Confidence == Possible
}

var markers = regexp.MustCompile(`\[REDACTED:[a-z0-9_]+(:[0-9A-Za-z]+)?\]`)

// readable reports whether a piece of the secret of some length is left: one that does
// not stand elsewhere in the text anyway, or in the name of the detector. The host of
// a webhook stays on purpose.
func readable(clean string, e corpus.Example) bool {
	const piece = 8
	clean, secret := markers.ReplaceAllString(clean, "|"), e.Secret
	if e.Kind == "webhook_url" {
		secret = secret[len(secret)/2:]
	}
	if len(secret) <= piece {
		return strings.Contains(clean, secret)
	}
	around := strings.Replace(e.Text, e.Secret, "|", 1)
	for i := 0; i+piece <= len(secret); i++ {
		if p := secret[i : i+piece]; strings.Contains(clean, p) && !strings.Contains(around, p) {
			return true
		}
	}
	return false
}

// abridged shortens what is logged, and does not show what was missed.
func abridged(text string) string {
	if len(text) > 60 {
		return text[:30] + "..." + text[len(text)-10:]
	}
	return text
}

// maxFalse is how many findings 20,000 ordinary lines may have: 1 in 10,000.
const maxFalse = 2

// TestOrdinaryLogsHaveNoFindings lists what acts in ordinary service logs, in which
// there is nothing to be found, e-mail addresses and network addresses aside.
func TestOrdinaryLogsHaveNoFindings(t *testing.T) {
	scanner := Default()
	var wrong []string
	for _, line := range corpus.Lines(20000) {
		_, findings, _ := scrubbed(scanner, KeyClass{}, line)
		for _, f := range findings {
			if f.Acts() && f.Detector.Name != "email" && f.Detector.Name != "client_ip" {
				wrong = append(wrong, fmt.Sprintf("%s: %q in %s", f.Detector.Name, line[f.Start:f.End], line))
			}
		}
	}
	t.Logf("%d findings:\n%s", len(wrong), strings.Join(wrong, "\n"))
	require.LessOrEqual(t, len(wrong), maxFalse)
}
