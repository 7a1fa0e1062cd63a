package detect

// airtable finds the personal tokens of Airtable: pat and 14 letters and digits,
// a dot and 64 hexadecimal digits.
var airtable = tokens(&Detector{
	Name:     "airtable",
	Summary:  "Airtable token",
	Evidence: "14 and exactly 64 characters with a dot between, behind pat",
},
	exactly("pat", base62, "14.64"),
)
