package detect

// supabase finds the personal tokens and secret keys of Supabase. Publishable
// keys stay.
var supabase = tokens(&Detector{
	Name:     "supabase",
	Summary:  "Supabase token or secret key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("sbp_", anyHexUnderscore, "40"),
	prefixed("sb_secret_", url64, "31").by("sb_"),
)
