package detect

// tailscale finds the keys of Tailscale: for nodes, its interface, OAuth clients,
// SCIM and webhooks.
var tailscale = tokens(&Detector{
	Name:     "tailscale",
	Summary:  "Tailscale key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("tskey-", url64, "30").by("tsk"),
)
