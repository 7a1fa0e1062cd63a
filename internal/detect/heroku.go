package detect

// heroku finds the keys of Heroku: HRKU- and 58 to 60 characters, or a UUID in
// the first ones.
var heroku = tokens(&Detector{
	Name:     "heroku",
	Summary:  "Heroku key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("HRKU-", url64, "36"),
)
