package detect

// sendgrid finds the keys of SendGrid: SG., 22 and 43 characters of base64url
// with a dot between.
var sendgrid = tokens(&Detector{
	Name:     "sendgrid",
	Summary:  "SendGrid key",
	Evidence: "the dot at its place",
},
	prefixed("SG.", url64, "22.43"),
)
