package detect

import (
	"net/netip"
	"strings"
)

// Networks that addresses are truncated to: what is left names a provider and a
// region, not a subscriber.
const (
	keptBits4 = 24
	keptBits6 = 48
)

// maxAddress is the length of the longest address: IPv6 with IPv4 inside.
const maxAddress = 45

// addressAt reads the IP address that starts at i, with the length of a network
// behind it, if any. It returns where both end; i if there is no address.
func addressAt(text string, i int) (addr netip.Addr, end, bits int) {
	stop, colons := i, 0
	for stop < len(text) && stop-i <= maxAddress && (hexByte(text[stop]) || text[stop] == '.' || text[stop] == ':') {
		if text[stop] == ':' {
			colons++
		}
		stop++
	}
	for colons < 2 && strings.IndexByte(text[i:stop], ':') >= 0 {
		stop = i + strings.IndexByte(text[i:stop], ':') // a port, or punctuation
	}
	for stop > i && (text[stop-1] == '.' || text[stop-1] == ':' && !strings.HasSuffix(text[i:stop], "::")) {
		stop--
	}
	addr, err := netip.ParseAddr(text[i:stop])
	if err != nil {
		return addr, i, 0
	}
	end, bits = stop, -1
	if at(text, stop) == '/' {
		digits := span(text, stop+1, 3, isDigit)
		if digits > stop+1 && !has(at(text, digits), isAlnum) {
			n := 0
			for _, b := range []byte(text[stop+1 : digits]) {
				n = n*10 + int(b-'0')
			}
			if n <= addr.BitLen() {
				end, bits = digits, n
			}
		}
	}
	return addr, end, bits
}

// personal reports whether an address can be that of a person's connection, and
// is not truncated yet. Addresses inside of networks and machines are left alone.
func personal(addr netip.Addr, bits int) bool {
	addr = addr.Unmap()
	if addr.IsPrivate() || addr.IsLoopback() || addr.IsUnspecified() || addr.IsMulticast() || addr.IsLinkLocalUnicast() {
		return false
	}
	if addr.Is4() && (addr.As4()[0] == 0 || addr.As4()[0] >= 240) {
		return false // reserved, and broadcasts
	}
	if bits < 0 || bits > keptBits(addr) {
		return true
	}
	prefix, err := addr.Prefix(bits)
	return err != nil || prefix.Addr() != addr // 203.0.113.7/24 is more than its network
}

func keptBits(addr netip.Addr) int {
	if addr.Is4() {
		return keptBits4
	}
	return keptBits6
}

// network returns what stays of an address: 203.0.113.0/24, 2001:db8:1::/48.
func network(addr netip.Addr) string {
	addr = addr.Unmap()
	prefix, err := addr.Prefix(keptBits(addr))
	if err != nil {
		return marker(ipAddressName, "")
	}
	return prefix.String()
}

// ipAddressName is the name in the marker of an address that has no network.
const ipAddressName = "ip_address"

// truncated returns the text with all addresses of persons in it truncated.
func truncated(found string) string {
	var out strings.Builder
	kept := 0
	for start := 0; start < len(found); {
		if !addressByte(found, start) {
			start++
			continue
		}
		addr, end, bits := addressAt(found, start)
		if end == start {
			for start < len(found) && addressByte(found, start) {
				start++
			}
			continue
		}
		if personal(addr, bits) {
			out.WriteString(found[kept:start])
			out.WriteString(network(addr))
			kept = end
		}
		start = end
	}
	out.WriteString(found[kept:])
	return out.String()
}

// addressByte reports whether the byte at i can be in an address.
func addressByte(text string, i int) bool {
	return hexByte(text[i]) || text[i] == ':' || text[i] == '.'
}

// canonicalAddress returns an address as RFC 5952 writes it, without a port or
// network.
func canonicalAddress(found string) string {
	if addr, end, _ := addressAt(found, 0); end > 0 {
		return addr.Unmap().String()
	}
	return trimmedLower(found)
}
