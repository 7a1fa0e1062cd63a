package detect

// digitalocean finds the tokens of DigitalOcean: dop_v1_, doo_v1_, dor_v1_ and 64
// hexadecimal digits.
var digitalocean = tokens(&Detector{
	Name:     "digitalocean",
	Summary:  "DigitalOcean token: personal, OAuth, refresh",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("dop_v1_", lowerHex, "64"),
	prefixed("doo_v1_", lowerHex, "64"),
	prefixed("dor_v1_", lowerHex, "64"),
)
