package detect

// honeycomb finds the keys of Honeycomb: hcaik_, hcxik_, hcbik_ for ingest,
// hcamk_ for management; older ones by the header X-Honeycomb-Team.
var honeycomb = tokens(&Detector{
	Name:     "honeycomb",
	Summary:  "Honeycomb key: ingest, configuration, management",
	Evidence: "the prefix, and at least half of the documented length behind it",
	keys:     words(`honeycombteam`),
	under:    keyed(base62, 20, 22, 32, 58, 64),
},
	prefixed("hcaik_", lower36, "58").by("hca"),
	prefixed("hcxik_", lower36, "58").by("hcx"),
	prefixed("hcbik_", lower36, "58").by("hcb"),
	prefixed("hcamk_", lower36, "58").by("hca"),
)
