package detect

// databricks finds the tokens of Databricks: dapi and 32 hexadecimal digits, with
// a number behind a hyphen if they belong to a newer workspace.
var databricks = tokens(&Detector{
	Name:     "databricks",
	Summary:  "Databricks token",
	Evidence: "exactly 32 hexadecimal digits behind the prefix",
},
	exactly("dapi", lowerHex, "32-1").by("dap"),
	exactly("dapi", lowerHex, "32").by("dap"),
	exactly("dkea", lowerHex, "32-1"),
	exactly("dkea", lowerHex, "32"),
)
