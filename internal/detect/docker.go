package detect

// docker finds the tokens of Docker Hub and of swarm mode, and, under the key
// "auth", the base64 of user:password that docker login stores.
var docker = tokens(&Detector{
	Name:     "docker",
	Summary:  "Docker token: personal, organisation, swarm; registry credentials of a client configuration",
	Evidence: "the prefix, and at least half of the documented length behind it",
	keys:     words(`auth`),
	under: func(_ KeyClass, value string) (Finding, bool) {
		return Finding{Start: 0, End: len(value), Confidence: Certain}, len(value) <= maxToken && basicCredentials(value)
	},
},
	prefixed("dckr_pat_", url64, "27").by("dckr"),
	prefixed("dckr_oat_", url64, "32").by("dckr"),
	prefixed("SWMTKN-1-", lower36, "50-25").by("SWMT"),
)
