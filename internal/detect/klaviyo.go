package detect

// klaviyo finds the private keys of Klaviyo: pk_ and 34 hexadecimal digits, with
// the account of six characters before them in newer ones.
var klaviyo = tokens(&Detector{
	Name:     "klaviyo",
	Summary:  "Klaviyo private key",
	Evidence: "exactly 34 hexadecimal digits",
},
	exactly("pk_", base62, "6_34").where(varied),
	exactly("pk_", lowerHex, "34"),
)
