package detect

// vercel finds the tokens of Vercel: vcp_, vci_, vca_, vcr_, vck_ and that of a
// blob store.
var vercel = tokens(&Detector{
	Name:     "vercel",
	Summary:  "Vercel token: personal, integration, application, AI gateway, blob store",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("vcp_", base62, "40").by("vcp"),
	prefixed("vci_", base62, "40").by("vci"),
	prefixed("vca_", base62, "40").by("vca"),
	prefixed("vcr_", base62, "40").by("vcr"),
	prefixed("vck_", base62, "40").by("vck"),
	prefixed("vercel_blob_rw_", url64, "40").by("vercel_b"),
)
