package detect

// openshift finds the OAuth tokens of OpenShift: sha256~ and 43 characters of
// base64url.
var openshift = tokens(&Detector{
	Name:     "openshift",
	Summary:  "OpenShift token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("sha256~", url64, "43"),
)
