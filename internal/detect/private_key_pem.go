package detect

import "strings"

// privateKeyPEM finds private keys in PEM: RSA, EC, DSA, OpenSSH, PKCS #8, also
// encrypted, and PGP blocks; with real or escaped line breaks, and cut off before
// their end.
var privateKeyPEM = &Detector{
	Name:     "private_key_pem",
	Summary:  "private key in PEM, complete or cut off",
	Evidence: "a label that ends in PRIVATE KEY, and 16 characters of base64 in a row behind it",
	anchors:  []string{pemBegin},
	match: func(c *candidate) (Finding, bool) {
		labelEnd := strings.Index(window(c.text, c.end, maxPEMLabel), pemDashes)
		if labelEnd < 0 {
			return Finding{}, false
		}
		label := c.text[c.end : c.end+labelEnd]
		if !strings.HasSuffix(label, "PRIVATE KEY") && !strings.HasSuffix(label, "PRIVATE KEY BLOCK") {
			return Finding{}, false
		}
		body := c.end + labelEnd + len(pemDashes)
		end := pemBodyEnd(c.text, pemHeadersEnd(c.text, body))
		if i := strings.Index(window(c.text, body, maxPEM), "-----END "+label+pemDashes); i >= 0 {
			end = body + i
			if !pemBody(c.text[body:end]) {
				return Finding{}, false
			}
			end += len("-----END ") + len(label) + len(pemDashes)
		} else if !pemBody(c.text[body:end]) {
			return Finding{}, false
		}
		return Finding{Start: c.at, End: end, Confidence: Certain}, true
	},
	sample: func() Sample {
		const label = "PRIVATE KEY" + pemDashes
		return Sample{Text: pemBegin + label + "\n" + noise(64) + "\n-----END " + label, Secret: noise(64)}
	},
}

const (
	pemBegin  = "-----BEGIN "
	pemDashes = "-----"

	maxPEMLabel = 64
	// maxPEM bounds how far the end line is looked for: a 16,384-bit RSA key has
	// 13 KiB. A longer body is taken as one that was cut off.
	maxPEM = 32 << 10
)

// window returns at most limit bytes of text from i on.
func window(text string, i, limit int) string {
	return text[i:min(len(text), i+limit)]
}

// pemHeadersEnd returns the end of the lines "Name: value" that may stand before
// the body: Proc-Type and DEK-Info of encrypted keys, Version of PGP.
func pemHeadersEnd(text string, i int) int {
	for {
		line := i
		for line < len(text) && (has(text[line], isSpace) || text[line] == '\\' || text[line] == 'n' && text[line-1] == '\\') {
			line++
		}
		name := line + nameEnd(text[line:])
		if name == line || !strings.HasPrefix(text[name:], ": ") {
			return i
		}
		end := strings.IndexAny(window(text, name, maxPEMLabel*2), "\n\\")
		if end < 0 {
			return i
		}
		i = name + end
	}
}

// pemBodyEnd returns the end of what can be the body of a key without its end
// line: base64, white space, escaped line breaks.
func pemBodyEnd(text string, i int) int {
	for i < len(text) {
		switch {
		case has(text[i], isBase64|isSpace):
			i++
		case text[i] == '\\' && i+1 < len(text) && (text[i+1] == 'n' || text[i+1] == 'r' || text[i+1] == '\\'):
			i += 2
		default:
			return i
		}
	}
	return i
}

// pemBody reports whether a body holds anything: a run of 16 characters of
// base64. "..." in documentation does not.
func pemBody(body string) bool {
	const enough = 16
	for i := 0; i < len(body); i++ {
		end := span(body, i, enough, isBase64)
		if end-i == enough {
			return true
		}
		i = end
	}
	return false
}
