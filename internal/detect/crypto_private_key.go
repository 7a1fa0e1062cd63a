package detect

import "strings"

// cryptoPrivateKey finds private keys of crypto-currencies: extended keys (BIP 32) by
// their prefix, wallet import format and bare keys of 32 bytes by a name beside them.
var cryptoPrivateKey = &Detector{
	Name:     "crypto_private_key",
	Summary:  "private key of a wallet: extended key, wallet import format, 64 hexadecimal digits",
	Evidence: "the checksum of base58check; hexadecimal digits only under a key that names them",
	anchors:  []string{"xprv", "yprv", "zprv", "tprv", "uprv", "vprv", "WIF", "wif", "privk"},
	keys:     words(`wif privkey walletkey walletprivatekey ethprivatekey ethereumprivatekey evmprivatekey bitcoinprivatekey btcprivatekey xprv privatekeyhex`),
	match: func(c *candidate) (Finding, bool) {
		if strings.HasSuffix(c.text[c.at:c.end], "prv") {
			return extendedKey(c.text, c.at)
		}
		if c.text[c.at] == 'p' && !strings.HasPrefix(c.text[c.end:], "ey") {
			return Finding{}, false
		}
		return walletKeyBehind(c.text, c.at)
	},
	under: func(_ KeyClass, value string) (Finding, bool) {
		hexadecimal := strings.TrimPrefix(value, "0x")
		found := len(hexadecimal) == 64 && anyHex.all(hexadecimal) && plausible("", hexadecimal, false) || walletKey(value)
		return Finding{Start: 0, End: len(value), Confidence: Certain}, found
	},
	sample: func() Sample {
		key := "0x" + lowerHex.noise(64)
		return Sample{Text: "privkey=" + key, Secret: key}
	},
}

// extendedKeyLength is that of 78 bytes and a checksum in base58; minExtendedKey is
// the shortest cut-off key that is taken for one.
const (
	extendedKeyLength = 111
	minExtendedKey    = 60
)

// extendedKey verifies the extended key at i. One that fails the checksum is none
// unless it is shorter: cut off.
func extendedKey(text string, i int) (Finding, bool) {
	end := base58.span(text, i, extendedKeyLength+1)
	n := end - i
	if wordEndsAt(text, i) || n < minExtendedKey || n > extendedKeyLength || !varied(text[i:end]) {
		return Finding{}, false
	}
	confidence := Likely
	if n == extendedKeyLength {
		if _, ok := base58Check(text[i:end]); !ok {
			return Finding{}, false
		}
		confidence = Certain
	}
	return Finding{Start: i, End: end, Confidence: confidence}, true
}

// walletKeyBehind looks for a key in wallet import format behind its name.
func walletKeyBehind(text string, i int) (Finding, bool) {
	const near = 40
	for limit := min(len(text), i+near); i < limit; i++ {
		if !base58.has(text[i]) || wordEndsAt(text, i) {
			continue
		}
		end := base58.span(text, i, maxBase58)
		if !wordStartsAt(text, end) && walletKey(text[i:end]) {
			return Finding{Start: i, End: end, Confidence: Certain}, true
		}
	}
	return Finding{}, false
}

// walletKey reports whether a text is a key in wallet import format: a version, 32
// bytes and perhaps the mark of a compressed key.
func walletKey(text string) bool {
	if n := len(text); n != 51 && n != 52 || strings.IndexByte("5KLc9", text[0]) < 0 {
		return false
	}
	payload, ok := base58Check(text)
	return ok && (len(payload) == 33 || len(payload) == 34) && (payload[0] == 0x80 || payload[0] == 0xef)
}
