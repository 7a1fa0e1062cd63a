package detect

// shippingService finds the keys of EasyPost and Shippo.
var shippingService = tokens(&Detector{
	Name:     "shipping_service",
	Summary:  "key of a shipping service: EasyPost, Shippo",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("EZAK", base62, "54").where(varied),
	prefixed("EZTK", base62, "54").where(varied),
	prefixed("shippo_live_", lowerHex, "40").by("shippo_"),
	prefixed("shippo_test_", lowerHex, "40").by("shippo_"),
)
