package detect

// contentService finds the tokens of services for documents, forms and media, as
// they document them.
var contentService = tokens(&Detector{
	Name:     "content_service",
	Summary:  "token of a service for content: Contentful, Frame.io, ReadMe, Typeform, Adobe",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("CFPAT-", url64, "43"),
	prefixed("fio-u-", padded64, "64"),
	prefixed("rdme_", lower36, "70").by("rdm"),
	prefixed("tfp_", dotted64, "59"),
	exactly("p8e-", url64, "32"),
	prefixed("waka_", lowerHex, uuidLayout).by("waka"),
)
