package detect

// intercom finds the tokens of Intercom: base64 of "tok:" and what follows.
var intercom = tokens(&Detector{
	Name:     "intercom",
	Summary:  "Intercom token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("dG9rOj", std64, "54"),
)
