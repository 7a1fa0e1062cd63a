package detect

// mailchimp finds the keys of Mailchimp: 32 hexadecimal digits, and their data
// centre behind "-us".
var mailchimp = tokens(&Detector{
	Name:     "mailchimp",
	Summary:  "Mailchimp key",
	Evidence: "exactly 32 hexadecimal digits before -us and a number",
},
	exactly("-us", decimal, "2").after(32, lowerHex),
	exactly("-us", decimal, "1").after(32, lowerHex),
)
