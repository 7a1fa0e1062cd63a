package detect

// okta finds the API tokens of Okta, 00 and 40 characters, behind their scheme or
// under a key that names Okta.
var okta = tokens(&Detector{
	Name:     "okta",
	Summary:  "Okta API token",
	Evidence: "the scheme, or a key that names Okta",
	keys:     words(`oktatoken oktaapitoken oktaclienttoken`),
	under:    keyed(url64, 42),
},
	prefixed("SSWS 00", url64, "40").by("SSWS").staying(),
)
