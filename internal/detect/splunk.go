package detect

// splunk finds the tokens of the HTTP Event Collector of Splunk, UUIDs, behind
// their scheme or under their key.
var splunk = tokens(&Detector{
	Name:     "splunk",
	Summary:  "Splunk HEC token",
	Evidence: "a UUID behind the scheme, or under a key that names the token",
	keys:     words(`hectoken splunktoken splunkhectoken`),
	under:    keyed(alphabetOf("0-9a-fA-F-"), 36),
},
	exactly("Splunk ", anyHex, uuidLayout).by("Splu").staying(),
)
