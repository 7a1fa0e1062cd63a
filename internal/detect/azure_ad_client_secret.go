package detect

// azureADClientSecret finds client secrets of Entra ID: three characters, a
// digit, Q~ and 31 to 34 more.
var azureADClientSecret = tokens(&Detector{
	Name:     "azure_ad_client_secret",
	Summary:  "Microsoft Entra ID (Azure AD) client secret",
	Evidence: "a digit and Q~ at their place in a secret of 40 characters or less",
},
	entraForms()...,
)

var entraBody = alphabetOf("0-9A-Za-z_~.-")

func entraForms() []form {
	const longest = 40
	var forms []form
	for _, digit := range extended("", decimal) {
		forms = append(forms, prefixed(digit+"Q~", entraBody, "31").after(3, entraBody).where(func(token string) bool {
			return len(token) <= longest
		}))
	}
	return forms
}
