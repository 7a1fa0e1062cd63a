package route

import "strings"

// kindSocket stands for the path of a socket in the file system.
const kindSocket = "{socket}"

// AppendHost appends to dst what a host is called in a label: its name in lower
// case, without scheme, user, port, path or a dot at the end, and with data in it
// replaced as in AppendName. "checkout-7c9d8-x2x9z.shop:8080" gives
// "checkout-{token}.shop", "ip-192-0-2-1.ec2.internal" gives "ip-{ip}.ec2.internal".
// Of several hosts ("a:9092,b:9092") it is the first.
//
// An IP address, with or without brackets, gives "{ip}", the path of a socket
// "{socket}", and what can be no host "{text}". The result has at most 200 bytes; it
// is empty if there is no name. It allocates only when dst is too small, or if the name has
// capitals.
func AppendHost(dst []byte, host string) []byte {
	if !isHostName(host, false) { // fast: most hosts are a name and nothing else
		host = strings.TrimSpace(host)
		if strings.Contains(host, marker) {
			return append(dst, kindRedacted...)
		}
		if _, after, absolute := strings.Cut(host, "://"); absolute {
			host = after
		} else {
			host = strings.TrimPrefix(host, "//")
		}
		if strings.HasPrefix(host, "/") {
			return append(dst, kindSocket...)
		}
		if i := strings.IndexAny(host, "/?#"); i >= 0 {
			host = host[:i]
		}
		host = host[strings.LastIndexByte(host, '@')+1:]
		if isIPv6(host) {
			return append(dst, kindIP...)
		}
		if i := strings.IndexAny(host, ":,"); i >= 0 {
			host = host[:i]
		}
		if !isHostName(host, true) {
			return append(dst, kindText...)
		}
		host = strings.ToLower(host)
	}
	host = strings.TrimRight(host, ".")
	if n := addressLen(host); n > 0 && n == len(host) {
		return append(dst, kindIP...)
	}
	return settle(dst, host)
}

// isHostName reports whether s has only what the name of a host has. Such are
// wildcards, and the kinds of data; capitals if they may be.
func isHostName(s string, capitals bool) bool {
	for i := range len(s) {
		if c := charKinds[s[i]]; c&(isLower|isNumber) == 0 && (c&isUpper == 0 || !capitals) && !isHostMark(s[i]) {
			return false
		}
	}
	return true
}

func isHostMark(b byte) bool {
	switch b {
	case '-', '.', '_', '*', '{', '}':
		return true
	default:
		return false
	}
}

// isIPv6 recognises an address with or without brackets, port and zone. It need not
// be a valid one: no name has two colons.
func isIPv6(host string) bool {
	host = strings.TrimPrefix(host, "[")
	if i := strings.IndexAny(host, "%]"); i >= 0 {
		host = host[:i]
	}
	for i := range len(host) {
		if !isHex(host[i]) && host[i] != ':' && host[i] != '.' {
			return false
		}
	}
	return strings.Count(host, ":") > 1
}
