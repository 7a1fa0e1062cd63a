package detect

// gcpOAuth finds client secrets (GOCSPX-), access tokens (ya29.) and refresh
// tokens (1//0) of Google OAuth.
var gcpOAuth = tokens(&Detector{
	Name:     "gcp_oauth",
	Summary:  "Google OAuth client secret, access token or refresh token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("GOCSPX-", url64, "28"),
	prefixed("ya29.", dotted64, "60").by("ya2"),
	prefixed("1//0", url64, "60").where(varied),
)
