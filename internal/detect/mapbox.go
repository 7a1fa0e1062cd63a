package detect

// mapbox finds the secret tokens of Mapbox. Public ones (pk.) stay.
var mapbox = tokens(&Detector{
	Name:     "mapbox",
	Summary:  "Mapbox secret or temporary token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("sk.eyJ", dotted64, "60"),
	prefixed("tk.eyJ", dotted64, "60"),
)
