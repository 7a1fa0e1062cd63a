package detect

// flyio finds the tokens of Fly.io: macaroons (fm1r_, fm1a_, fm2_) and older ones
// (fo1_).
var flyio = tokens(&Detector{
	Name:     "flyio",
	Summary:  "Fly.io token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("fm2_", std64, "100"),
	prefixed("fm1r_", std64, "100"),
	prefixed("fm1a_", std64, "100"),
	prefixed("fo1_", url64, "43"),
)
