package detect

// replicate finds the tokens of Replicate: r8_ and 37 letters and digits.
var replicate = tokens(&Detector{
	Name:     "replicate",
	Summary:  "Replicate token",
	Evidence: "exactly 37 letters and digits behind r8_",
},
	exactly("r8_", base62, "37"),
)
