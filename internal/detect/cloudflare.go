package detect

// cloudflare finds Origin CA keys and the tokens with prefixes: cfut_ of a user,
// cfat_ of an account, cfk_ the global key. Older tokens have no form of their
// own; their keys tell them.
var cloudflare = tokens(&Detector{
	Name:     "cloudflare",
	Summary:  "Cloudflare Origin CA key, or API token of the newer form",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("v1.0-", lowerHex, "24-146").by("v1."),
	prefixed("cfut_", url64, "40").by("cfu"),
	prefixed("cfat_", url64, "40").by("cfa"),
	prefixed("cfk_", url64, "40").by("cfk"),
)
