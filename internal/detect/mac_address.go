package detect

import "strings"

// macAddress finds the hardware addresses of network interfaces, which name a
// device. Hashes are printed with colons too, so context must name them.
var macAddress = &Detector{
	Name:     "mac_address",
	Summary:  "MAC address, with context or under its key",
	Evidence: "six groups of two hexadecimal digits or three of four, where the context names them",
	Packs:    []string{"gdpr"},
	digits:   []int{1, 2, 3, 4},
	glued:    true,
	joins:    ":-.abcdefABCDEF",
	context:  words(`mac macs macaddr hwaddr ether ethernet bssid lladdr arp dhcp wifi bluetooth`),
	keys:     words(`mac macaddress macaddr hwaddr bssid hardwareaddress`),
	match: func(c *candidate) (Finding, bool) {
		start := c.at
		for start > 0 && c.at-start < maxMAC && (hexByte(c.text[start-1]) || strings.IndexByte(":-.", c.text[start-1]) >= 0) {
			start--
		}
		end := start
		for end < len(c.text) && end-start <= maxMAC && (hexByte(c.text[end]) || strings.IndexByte(":-.", c.text[end]) >= 0) {
			end++
		}
		for start < c.at && !hexByte(c.text[start]) {
			start++
		}
		for end > c.end && !hexByte(c.text[end-1]) {
			end--
		}
		if !hardwareAddress(c.text[start:end]) || wordEndsAt(c.text, start) || wordStartsAt(c.text, end) || goesOn(c.text, start, end) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: c.weigh(start, end, Possible)}, true
	},
	under: wholeIf(hardwareAddress),
	canonical: func(found string) string {
		return strings.NewReplacer(":", "", "-", "", ".", "").Replace(trimmedLower(found))
	},
	sample: func() Sample {
		const address = "00:00:5e:" + "00:53:af" // RFC 7042, section 2.1.2, documentation
		return Sample{Text: "mac " + address, Secret: address}
	},
}

// goesOn reports whether more groups stand before or behind an address, as in the
// fingerprint of a key.
func goesOn(text string, start, end int) bool {
	return at(text, end) == text[start+2] && hexByte(at(text, end+1)) ||
		start > 1 && text[start-1] == text[start+2] && hexByte(text[start-2])
}

// maxMAC is the length of an address with a sign between all pairs of digits.
const maxMAC = len("00:00:00:00:00:00")

// hardwareAddress reports whether s is an address of IEEE 802 that belongs to one
// interface: xx:xx:xx:xx:xx:xx, with hyphens, or xxxx.xxxx.xxxx.
func hardwareAddress(s string) bool {
	width, sign := 2, byte(':')
	switch {
	case len(s) == maxMAC && s[2] == '-':
		sign = '-'
	case len(s) == maxMAC:
	case len(s) == len("0000.0000.0000"):
		width, sign = 4, '.'
	default:
		return false
	}
	letters := byte(0)
	for i := range len(s) {
		if i%(width+1) == width {
			if s[i] != sign {
				return false
			}
			continue
		}
		if !hexByte(s[i]) {
			return false
		}
		letters |= lower(s[i]) ^ lower(s[0])
	}
	return letters != 0 // neither 00:00:00:00:00:00 nor ff:ff:ff:ff:ff:ff
}
