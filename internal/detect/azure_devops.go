package detect

// azureDevops finds the personal access tokens of Azure DevOps: 84 characters
// with the signature AZDO, or 52 of base32 under a key that names them.
var azureDevops = tokens(&Detector{
	Name:     "azure_devops",
	Summary:  "Azure DevOps personal access token",
	Evidence: "the signature at its place, or a key that names the token",
	keys:     words(`adopat devopspat devopsextpat vstspat tfspat systemaccesstoken vststoken`),
	under:    keyed(lower36, 52),
},
	exactly("AZDO", base62, "4").after(76, base62),
)
