package detect

// clientIP finds the addresses of clients under the keys that name them, in
// attributes, headers and logs: lists, ports and IPv6 in brackets too. Addresses
// of servers, hosts and peers have other keys and are left alone, as is a host
// name in place of an address.
var clientIP = &Detector{
	Name:     "client_ip",
	Summary:  "public IP address under a key that names a client's: client.address, X-Forwarded-For; a network of it stays",
	Evidence: "a key that names the address of a client, and an address that is neither private, loopback nor link-local",
	Default:  Partial,
	keys: words(`clientaddress clientip clientaddr clientipaddress userip useripaddress useraddr enduserip visitorip customerip loginip lastloginip signupip
		remoteaddr remoteip remoteaddress remoteipaddress remotehost httpclientip clienthost
		xforwardedfor forwardedfor xrealip realip xclientip trueclientip cfconnectingip connectingip fastlyclientip xclusterclientip xoriginalforwardedfor originatingip xoriginatingip forwarded sourceipaddress client`),
	under: func(_ KeyClass, value string) (Finding, bool) {
		// What a list holds besides addresses of persons stays as it is.
		if len(value) > maxAddressList || truncated(value) == value {
			return Finding{}, false
		}
		return Finding{End: len(value), Confidence: Likely}, true
	},
	partial:   truncated,
	canonical: canonicalAddress,
	sample: func() Sample {
		const address = "203.0.113." + "77"
		return Sample{Key: "client.address", Text: address, Secret: address}
	},
}

// maxAddressList bounds the lists of addresses that are read. Proxies cut theirs
// off sooner.
const maxAddressList = 2048
