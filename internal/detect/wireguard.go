package detect

import "encoding/base64"

// wireguard finds the keys of WireGuard, which have no form but that of 32 bytes, by
// their names in its configuration (wg(8)).
var wireguard = &Detector{
	Name:     "wireguard",
	Summary:  "private or preshared key of WireGuard",
	Evidence: "PrivateKey or PresharedKey with 32 bytes in base64",
	keys:     words(`privatekey presharedkey wgkey`),
	under: func(_ KeyClass, value string) (Finding, bool) {
		const size = 32
		if len(value) != base64.StdEncoding.EncodedLen(size) {
			return Finding{}, false
		}
		key, err := base64.StdEncoding.DecodeString(value)
		return Finding{Start: 0, End: len(value), Confidence: Certain}, err == nil && len(key) == size
	},
	sample: func() Sample {
		key := base64.StdEncoding.EncodeToString([]byte(noise(32)))
		return Sample{Text: "PrivateKey = " + key, Secret: key}
	},
}
