package detect

// maxmind finds the license keys of MaxMind: 6 and 29 characters, and _mmk at the
// end.
var maxmind = tokens(&Detector{
	Name:     "maxmind",
	Summary:  "MaxMind license key",
	Evidence: "36 characters before _mmk",
},
	form{prefix: "_mmk", exact: true}.after(36, alphabetOf("0-9A-Za-z_")),
)
