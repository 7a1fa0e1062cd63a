package detect

// brevo finds the keys of Brevo, for its interface and for SMTP: 64 hexadecimal
// digits, a hyphen and 16 letters and digits.
var brevo = tokens(&Detector{
	Name:     "brevo",
	Summary:  "Brevo (Sendinblue) key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("xkeysib-", base62, "64-16").by("xke"),
	prefixed("xsmtpsib-", base62, "64-16").by("xsm"),
)
