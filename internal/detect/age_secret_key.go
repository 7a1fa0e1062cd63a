package detect

// ageSecretKey finds the secret keys of age: AGE-SECRET-KEY-1 and 58 characters
// of Bech32, or -PQ-1 and more for the hybrid ones.
var ageSecretKey = tokens(&Detector{
	Name:     "age_secret_key",
	Summary:  "age identity (secret key)",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("AGE-SECRET-KEY-1", bech32, "58").by("AGE-S"),
	prefixed("AGE-SECRET-KEY-PQ-1", bech32, "58").by("AGE-S"),
)

// bech32 is the alphabet of BIP 173, in capitals.
var bech32 = alphabetOf("02-9AC-HJ-NP-Z")
