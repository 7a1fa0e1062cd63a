package detect

// nvidia finds the keys of NVIDIA: nvapi- and 64 characters of base64url.
var nvidia = tokens(&Detector{
	Name:     "nvidia",
	Summary:  "NVIDIA key: NGC and build platform",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("nvapi-", url64, "64").by("nvap"),
)
