package detect

// clickup finds the tokens of ClickUp: pk_, the number of the user and 32
// capitals and digits.
var clickup = tokens(&Detector{
	Name:     "clickup",
	Summary:  "ClickUp token",
	Evidence: "exactly 32 capitals and digits behind the number",
},
	exactly("pk_", upper36, "7_32"),
	exactly("pk_", upper36, "8_32"),
	exactly("pk_", upper36, "9_32"),
)
