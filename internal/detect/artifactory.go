package detect

// artifactory finds the keys of Artifactory, and its reference tokens, which are
// base64 of "reftkn:".
var artifactory = tokens(&Detector{
	Name:     "artifactory",
	Summary:  "JFrog Artifactory key or reference token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	exactly("AKCp", base62, "69"),
	prefixed("cmVmdGtu", base62, "56"),
)
