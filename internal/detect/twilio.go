package detect

// twilio finds the identifiers of keys of Twilio: SK and 32 hexadecimal digits,
// exactly. Accounts (AC) stay; authentication tokens have no form but their key.
var twilio = tokens(&Detector{
	Name:     "twilio",
	Summary:  "Twilio key",
	Evidence: "exactly 32 hexadecimal digits behind SK",
},
	exactly("SK", lowerHex, "32").by(extended("SK", lowerHex)...),
)
