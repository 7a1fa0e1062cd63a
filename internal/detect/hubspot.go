package detect

// hubspot finds the tokens of private applications of HubSpot: pat-, the region
// and a UUID.
var hubspot = tokens(&Detector{
	Name:     "hubspot",
	Summary:  "HubSpot private application token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("pat-na1-", lowerHex, uuidLayout),
	prefixed("pat-na2-", lowerHex, uuidLayout),
	prefixed("pat-na3-", lowerHex, uuidLayout),
	prefixed("pat-eu1-", lowerHex, uuidLayout),
	prefixed("pat-ap1-", lowerHex, uuidLayout),
)
