package detect

// alibaba finds the access key ids of Alibaba Cloud: LTAI and 12 to 24 letters
// and digits.
var alibaba = tokens(&Detector{
	Name:     "alibaba",
	Summary:  "Alibaba Cloud access key id",
	Evidence: "exactly 20 or 12 letters and digits behind LTAI",
},
	exactly("LTAI", base62, "20"),
	exactly("LTAI", base62, "12"),
)
