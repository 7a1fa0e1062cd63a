package detect

// newRelic finds the keys of New Relic: user keys (NRAK-), those for pages,
// queries and inserts, and license keys, which end in NRAL.
var newRelic = tokens(&Detector{
	Name:     "new_relic",
	Summary:  "New Relic key: user, license, browser, query, insert",
	Evidence: "the prefix, and at least half of the documented length behind it",
	keys:     words(`reliclicensekey`),
	under:    keyed(lower36, 40),
},
	prefixed("NRAK-", base62, "27"),
	prefixed("NRJS-", lowerHex, "19"),
	prefixed("NRIQ-", url64, "32"),
	prefixed("NRII-", url64, "32"),
	prefixed("NRRA-", lowerHex, "42"),
	form{prefix: "NRAL", exact: true}.after(36, lower36),
)
