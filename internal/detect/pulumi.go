package detect

// pulumi finds the tokens of Pulumi: pul- and 40 hexadecimal digits.
var pulumi = tokens(&Detector{
	Name:     "pulumi",
	Summary:  "Pulumi token",
	Evidence: "exactly 40 hexadecimal digits behind pul-",
},
	exactly("pul-", lowerHex, "40"),
)
