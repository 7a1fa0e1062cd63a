package detect

// awsSessionToken finds session tokens of AWS by the beginnings that their
// encoding gives them: long ones, of which a cut-off one is still one.
var awsSessionToken = tokens(&Detector{
	Name:     "aws_session_token",
	Summary:  "AWS session token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("IQoJb3JpZ2lu", std64, "200"),
	prefixed("FwoGZXIvYXdz", std64, "200"),
	prefixed("FQoGZXIvYXdz", std64, "200"),
	prefixed("FQoDYXdz", std64, "200"),
	prefixed("AQoDYXdz", std64, "200"),
)
