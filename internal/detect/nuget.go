package detect

// nuget finds the keys of NuGet: oy2 and 43 small letters and digits.
var nuget = tokens(&Detector{
	Name:     "nuget",
	Summary:  "NuGet key",
	Evidence: "exactly 43 small letters and digits behind oy2",
},
	exactly("oy2", lower36, "43"),
)
