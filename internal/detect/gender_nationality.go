package detect

// genderNationality finds what describes a person, and what articles 9 and 10 of
// the GDPR protect, under their keys.
var genderNationality = &Detector{
	Name:     "gender_nationality",
	Summary:  "gender, nationality, religion and the like under their key",
	Evidence: "a key that names the trait, and a value with a letter",
	Packs:    []string{"gdpr"},
	keys: words(`gender sex nationality citizenship ethnicity ethnicorigin religion religiousbelief maritalstatus sexualorientation
		politicalopinion politicalaffiliation tradeunionmembership pronouns geschlecht staatsangehoerigkeit`),
	under:  wholeIf(lettered),
	sample: func() Sample { return Sample{Key: "user.gender", Text: "female", Secret: "female"} },
}
