package detect

// crates finds the tokens of crates.io: cio and 32 letters and digits.
var crates = tokens(&Detector{
	Name:     "crates",
	Summary:  "crates.io token",
	Evidence: "exactly 32 letters and digits behind cio, with digits and letters of both cases",
},
	exactly("cio", base62, "32").where(varied),
)
