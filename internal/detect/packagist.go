package detect

// packagist finds the tokens of Private Packagist, whose kind stands behind the
// prefix.
var packagist = tokens(&Detector{
	Name:     "packagist",
	Summary:  "Packagist token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("packagist_ack_", anyHexUnderscore, "40").by("packagi"),
	prefixed("packagist_uut_", anyHexUnderscore, "40").by("packagi"),
	prefixed("packagist_ort_", anyHexUnderscore, "40").by("packagi"),
	prefixed("packagist_out_", anyHexUnderscore, "40").by("packagi"),
)
