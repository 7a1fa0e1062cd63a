package detect

// shopify finds the tokens of Shopify: custom and private applications, the
// shared secret, and those of partners and customers.
var shopify = tokens(&Detector{
	Name:     "shopify",
	Summary:  "Shopify token or shared secret",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("shpat_", anyHex, "32").by("shp"),
	prefixed("shpca_", anyHex, "32").by("shp"),
	prefixed("shppa_", anyHex, "32").by("shp"),
	prefixed("shpss_", anyHex, "32").by("shp"),
	prefixed("shpua_", anyHex, "32").by("shp"),
	prefixed("shptka_", anyHex, "32").by("shp"),
	prefixed("shprt_", anyHex, "32").by("shp"),
	prefixed("atkn_2.", std64, "40").by("atkn_2"),
)
