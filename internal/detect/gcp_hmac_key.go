package detect

// gcpHMACKey finds the access ids of HMAC keys of Google Cloud Storage: GOOG1E
// and 55 capitals and digits for service accounts, GOOG and 20 for users.
var gcpHMACKey = tokens(&Detector{
	Name:     "gcp_hmac_key",
	Summary:  "Google Cloud Storage HMAC access id",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("GOOG1E", upper36, "55"),
	exactly("GOOG", upper36, "20"),
)
