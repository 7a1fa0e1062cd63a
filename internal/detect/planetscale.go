package detect

// planetscale finds the passwords, service tokens and OAuth tokens of
// PlanetScale.
var planetscale = tokens(&Detector{
	Name:     "planetscale",
	Summary:  "PlanetScale password or token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("pscale_pw_", planetscaleBody, "43").by("psc"),
	prefixed("pscale_tkn_", planetscaleBody, "43").by("psc"),
	prefixed("pscale_oauth_", planetscaleBody, "43").by("psc"),
)

var planetscaleBody = alphabetOf("0-9A-Za-z_.=-")
