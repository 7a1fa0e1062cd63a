package detect

// sonarqube finds the tokens of SonarQube: squ_ of a user, sqp_ of a project,
// sqa_ global, and 40 hexadecimal digits.
var sonarqube = tokens(&Detector{
	Name:     "sonarqube",
	Summary:  "SonarQube token",
	Evidence: "exactly 40 hexadecimal digits behind the prefix",
},
	exactly("squ_", lowerHex, "40"),
	exactly("sqp_", lowerHex, "40"),
	exactly("sqa_", lowerHex, "40"),
)
