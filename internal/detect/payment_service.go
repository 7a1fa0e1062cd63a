package detect

// paymentService finds the secret keys of payment services that have a prefix of
// their own. Public keys stay.
var paymentService = tokens(&Detector{
	Name:     "payment_service",
	Summary:  "secret key of a payment service: Duffel, Flutterwave, Mercado Pago, Midtrans, Paddle, Plaid, Xendit",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("duffel_live_", url64, "43").by("duf"),
	prefixed("duffel_test_", url64, "43").by("duf"),
	prefixed("FLWSECK_TEST-", lower36, "12"),
	prefixed("FLWSECK-", lower36, "32-1"),
	prefixed("SB-Mid-server-", url64, "24"),
	prefixed("Mid-server-", url64, "24").by("Mid-s"),
	prefixed("pdl_live_apikey_", url64, "40").by("pdl"),
	prefixed("pdl_sdbx_apikey_", url64, "40").by("pdl"),
	prefixed("pdl_ntfset_", url64, "40").by("pdl"),
	prefixed("access-sandbox-", lowerHex, uuidLayout),
	prefixed("access-production-", lowerHex, uuidLayout).by("access-p"),
	prefixed("access-development-", lowerHex, uuidLayout).by("access-d"),
	prefixed("APP_USR-", lowerHex, "16-6-32-8").by("APP_U"),
	prefixed("xnd_production_", url64, "40").by("xnd"),
	prefixed("xnd_development_", url64, "40").by("xnd"),
)
