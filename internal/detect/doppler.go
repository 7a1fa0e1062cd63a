package detect

// doppler finds the tokens of Doppler: personal, service, command line, service
// account, SCIM, audit.
var doppler = tokens(&Detector{
	Name:     "doppler",
	Summary:  "Doppler token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("dp.pt.", base62, "43").by("dp."),
	prefixed("dp.st.", dotted64, "43").by("dp."),
	prefixed("dp.ct.", base62, "43").by("dp."),
	prefixed("dp.sa.", base62, "43").by("dp."),
	prefixed("dp.said.", base62, "43").by("dp."),
	prefixed("dp.scim.", base62, "43").by("dp."),
	prefixed("dp.audit.", base62, "43").by("dp."),
)
