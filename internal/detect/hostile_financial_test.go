package detect

import (
	"strings"
	"testing"
	"time"
)

// Like TestHostileTextsTakeLinearTime, for numbers and addresses, with the
// packs on.
func TestHostileNumbersTakeLinearTime(t *testing.T) {
	const size = 1 << 18
	scanner, err := New(Builtin()...)
	if err != nil {
		t.Fatal(err)
	}
	for _, unit := range []string{
		"4111 ", "4111-1111-", "411111 ", "\uff14", "\u0664", "\u0664 ", "%20", `\u0020`, "4111+", "DE89", "DE89 ", "DE 89", "PL6", "pl61 ", "1 ", "12 ", "12.", "12:",
		"1.1.1.1", "1.1.1.1,", "a:", "ab:", "::", "2001:db8::", "00:00:5e:", "+1", "+49 ", "+49 1", "+(", "(201) ", "201-", "phone 201 ", "lat=", "lat=1.23456 lon=",
		"cvv ", "CVV 123 ", "cusip ", "BIC ", "bc1", "bc1q", "0x", "0xa", "4A", "1A", "/home/", "/home/a/", `Users\`, `Users\\`, `C:\Users\a`, "imei ", "sort code 20-00-00 ", "\"@a.b", "\"a\"@", "a%2B@", "a#EXT#@", "a@[", "a@[1.1", "&#64;", "first_name: a ", `first_name="a`, "phone=", "dob=", "client=", "iban=", "street=", "first_name=", "latitude=1.", "wif=", "auth:", "mnemonic=", "ops_eyJ",
	} {
		text := strings.Repeat(unit, size/len(unit))
		start := time.Now()
		_, _, _ = scrubbed(scanner, KeyClass{}, text)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q repeated to %d bytes took %s", unit, len(text), took)
		} else if took > time.Second/2 {
			t.Logf("%q: %s", unit, took)
		}
	}
}
