package detect

import "strings"

// ipAddress finds public IP addresses in text. They point at a provider's
// customer, but at servers too, so that the detector is off unless a policy asks
// for it; what clients' keys hold is clientIP's. Truncated addresses are networks
// and left alone.
var ipAddress = &Detector{
	Name:     ipAddressName,
	Summary:  "public IPv4 or IPv6 address in text; a network of it stays",
	Evidence: "an address that parses and is neither private, loopback, link-local nor multicast; no version, no part of a longer number",
	Packs:    []string{"gdpr"},
	Default:  Partial,
	digits:   []int{1, 2, 3, 4},
	glued:    true,
	joins:    ".:abcdefABCDEF",
	context:  words(`ip ips ipv client peer remote addr address`),
	match: func(c *candidate) (Finding, bool) {
		next := at(c.text, c.end)
		four := next == '.'
		if !four && next != ':' && !hexByte(next) && (c.at == 0 || !hexByte(c.text[c.at-1]) && c.text[c.at-1] != ':') {
			return Finding{}, false
		}
		start := c.at
		if !four {
			for start > 0 && c.at-start < maxAddress && (hexByte(c.text[start-1]) || c.text[start-1] == ':') {
				start--
			}
		}
		addr, end, bits := addressAt(c.text, start)
		if end == start || !personal(addr, bits) || addressInsideToken(c.text, start, end) {
			return Finding{}, false
		}
		base := Likely
		if four && (behindSlash(c.text, start) || labelled(c.text, start, versionWords)) {
			base = Possible // Chrome/140.0.0.0, version 1.2.3.4
		}
		if base == Possible && c.named(start, end) && !behindSlash(c.text, start) {
			base = Likely
		}
		return Finding{Start: start, End: end, Confidence: base}, true
	},
	partial:   truncated,
	canonical: canonicalAddress,
	sample:    func() Sample { return bareSample("203.0.113." + "77") },
}

// versionWords are labels of numbers with four parts that are no address.
var versionWords = words(`version ver v release build oid firmware driver`)

// addressInsideToken reports whether an address is part of a longer word or
// number: of a name, an object identifier, a version.
func addressInsideToken(text string, start, end int) bool {
	if wordEndsAt(text, start) || wordStartsAt(text, end) || fraction(text, end) {
		return true
	}
	if start == 0 || escapeEndsAt(text, start) {
		return false
	}
	switch text[start-1] {
	case '.', '_':
		return true
	case '-':
		return start > 1 && has(text[start-2], isAlnum)
	}
	return at(text, end) == '-' && has(at(text, end+1), isAlpha) // 1.2.3.4-beta
}

// behindSlash reports whether a product stands before a slash at start, as in
// user agents, rather than a scheme.
func behindSlash(text string, start int) bool {
	return start > 1 && text[start-1] == '/' && has(text[start-2], isAlnum) && !strings.HasSuffix(text[:start], "://")
}
