package detect

// paypal finds the access tokens of Braintree, and those of PayPal (A21AA).
var paypal = tokens(&Detector{
	Name:     "paypal",
	Summary:  "PayPal or Braintree access token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("access_token$production$", lower36, "16$32").by("access_token$p"),
	prefixed("access_token$sandbox$", lower36, "16$32").by("access_token$s"),
	prefixed("A21AA", url64, "80").where(varied),
)
