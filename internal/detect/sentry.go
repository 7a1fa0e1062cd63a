package detect

// sentry finds the tokens of Sentry. The public key of a DSN is the user part of
// a URL, which url_userinfo masks; project and host stay.
var sentry = tokens(&Detector{
	Name:     "sentry",
	Summary:  "Sentry token: organisation, user, integration",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("sntrys_", sentryBody, "60").by("snt"),
	prefixed("sntryu_", lowerHex, "64").by("snt"),
	prefixed("sntrya_", lowerHex, "64").by("snt"),
	prefixed("sntryi_", lowerHex, "64").by("snt"),
	prefixed("sntryr_", lowerHex, "64").by("snt"),
)

// sentryBody is base64 and the underscore before the signature.
var sentryBody = alphabetOf("0-9A-Za-z+/=_")
