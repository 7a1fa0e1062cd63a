package detect

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What Partial leaves readable is not found again, whatever the other detectors.
func TestWhatPartialLeavesIsNotFoundAgain(t *testing.T) {
	s, err := New(Builtin()...)
	require.NoError(t, err)
	rules := s.Rules()
	for _, d := range s.Detectors() {
		if d.CanKeep() {
			rules.Set(d, Partial)
		}
	}
	for _, c := range []struct{ key, in, out string }{
		{"", "mail jane@example.com, now", "mail [REDACTED:email]@example.com, now"},
		{"enduser.email", "jane@example.com", "[REDACTED:email]@example.com"},
		{"", `"jane doe"@example.com`, "[REDACTED:email]@example.com"},
		{"", "jane%40example.com", "[REDACTED:email]"},
		{"", "call +49 1512 3456789", "call +49[REDACTED:phone_e164]"},
		{"user.phone", "+1 201 555 0123", "+1[REDACTED:phone_e164]"},
		{"", "phone 0044 20 7946 0958", "phone +44[REDACTED:phone_e164]"},
		{"", "at 203.0.113.77 and 2001:db8:1:2::3", "at 203.0.113.0/24 and 2001:db8:1::/48"},
		{"client.address", "203.0.113.77:80", "203.0.113.0/24:80"},
		{"geo.location.lat", "52.520008", "52.52"},
		{"", "card {{visa.full}}", "card [REDACTED:payment_card:{{visa.last4}}]"},
		{"", "{{iban.de.print}}", "DE[REDACTED:iban:{{iban.de.last}}]"},
		{"customer.iban", "{{iban.de}}", "DE[REDACTED:iban:{{iban.de.last}}]"},
	} {
		value := Value{Text: fill(t, c.in), Key: s.Key(c.key)}
		clean, _, reason := s.Scrub(nil, value, rules)
		require.Empty(t, reason, c.in)
		require.Equal(t, fill(t, c.out), clean)
		value.Text = clean
		again, findings, _ := s.Scrub(nil, value, rules)
		require.Equal(t, clean, again)
		for _, f := range findings {
			require.False(t, f.Acts(), "%s in %s", f.Detector.Name, clean)
		}
	}
}

func TestSpellingsOfOneThingHaveOnePseudonym(t *testing.T) {
	for _, c := range []struct {
		d     *Detector
		a, b  string
		canon string
	}{
		{email, "Jane@Example.com", "jane%40example.com", "jane@example.com"},
		{phoneE164, "+49 (0)1512 3456789", "00491512-3456789", "+4915123456789"},
		{paymentCard, "4111 1111 1111", "4111-1111-1111", "411111111111"},
		{iban, "de00 3704 0044", "DE00-3704-0044", "DE0037040044"},
		{clientIP, "203.0.113.7:80", "::ffff:203.0.113.7", "203.0.113.7"},
		{macAddress, "00-00-5E-00-53-AF", "0000.5e00.53af", "00005e0053af"},
	} {
		require.Equal(t, c.canon, c.d.canonical(c.a), c.d.Name)
		require.Equal(t, c.canon, c.d.canonical(c.b), c.d.Name)
	}
}
