package detect

// onepassword finds the tokens of service accounts and the secret keys of
// 1Password (support.1password.com, About your Secret Key).
var onepassword = tokens(&Detector{
	Name:     "onepassword",
	Summary:  "1Password service account token or secret key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("ops_eyJ", std64, "200").by("ops_e"),
	exactly("A3-", upper36, "6-6-5-5-5-5"),
	exactly("A3-", upper36, "6-11-5-5-5"),
)
