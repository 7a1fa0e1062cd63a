package detect

// resend finds the keys of Resend: re_, 8 and 24 letters and digits with an
// underscore between.
var resend = tokens(&Detector{
	Name:     "resend",
	Summary:  "Resend key",
	Evidence: "exactly 8 and 24 letters and digits with both cases behind re_",
},
	exactly("re_", base62, "8_24").where(varied),
)
