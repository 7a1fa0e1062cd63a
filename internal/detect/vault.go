package detect

// vault finds the tokens of Vault: hvs., hvb., hvr.
var vault = tokens(&Detector{
	Name:     "vault",
	Summary:  "HashiCorp Vault token: service, batch, recovery",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("hvs.", url64, "48"),
	prefixed("hvb.", url64, "40"),
	prefixed("hvr.", url64, "48"),
)
