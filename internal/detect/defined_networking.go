package detect

// definedNetworking finds the keys of Defined Networking, which manages Nebula
// networks.
var definedNetworking = tokens(&Detector{
	Name:     "defined_networking",
	Summary:  "Defined Networking key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("dnkey-", padded64, "26-52").by("dnk"),
)
