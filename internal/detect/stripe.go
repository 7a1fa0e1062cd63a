package detect

// stripe finds secret and restricted keys and webhook secrets of Stripe; other
// services (Clerk, Paystack, WorkOS) have the same prefixes. Publishable keys
// (pk_) are made to be seen and stay.
var stripe = tokens(&Detector{
	Name:     "stripe",
	Summary:  "Stripe secret or restricted key, or webhook signing secret",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("sk_live_", base62, "20").by("sk_l"),
	prefixed("sk_test_", base62, "20").by("sk_t"),
	prefixed("sk_prod_", base62, "20").by("sk_p"),
	prefixed("sk_org_", base62, "20").by("sk_o"),
	prefixed("rk_live_", base62, "20").by("rk_l"),
	prefixed("rk_test_", base62, "20").by("rk_t"),
	prefixed("rk_prod_", base62, "20").by("rk_p"),
	prefixed("ek_live_", base62, "20").by("ek_l"),
	prefixed("ek_test_", base62, "20").by("ek_t"),
	prefixed("whsec_", std64, "20").by("whse"),
)
