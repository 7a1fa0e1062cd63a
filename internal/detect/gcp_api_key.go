package detect

// gcpAPIKey finds the keys of Google APIs: AIza and 35 characters. Those of
// Firebase in web pages are half public and masked too.
var gcpAPIKey = tokens(&Detector{
	Name:     "gcp_api_key",
	Summary:  "Google API key",
	Evidence: "exactly 35 characters of base64url behind AIza",
},
	exactly("AIza", url64, "35"),
)
