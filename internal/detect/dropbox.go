package detect

// dropbox finds the short-lived tokens of Dropbox: sl. and 130 characters or
// more.
var dropbox = tokens(&Detector{
	Name:     "dropbox",
	Summary:  "Dropbox token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("sl.A", url64, "130"),
	prefixed("sl.B", url64, "130"),
	prefixed("sl.C", url64, "130"),
	prefixed("sl.D", url64, "130"),
	prefixed("sl.u.", url64, "130"),
)
