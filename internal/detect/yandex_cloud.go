package detect

// yandexCloud finds the keys and tokens of Yandex Cloud: AQVN, YCA for static
// access keys, t1.9eu for tokens of identities.
var yandexCloud = tokens(&Detector{
	Name:     "yandex_cloud",
	Summary:  "Yandex Cloud key or token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("AQVN", url64, "35").where(varied),
	exactly("YCA", url64, "37").where(varied),
	prefixed("t1.9eu", dotted64, "100").by("t1."),
)
