package detect

// ciService finds the tokens of services that build, deploy and plan, as they
// document them.
var ciService = tokens(&Detector{
	Name:     "ci_service",
	Summary:  "token of a service for builds and deployments: Buildkite, CircleCI, Infracost, Octopus Deploy, Prefect, Scalingo, TeamCity, JetBrains Space and Hub",
	Evidence: "the prefix and the documented length, exactly where the prefix is short",
},
	prefixed("bkua_", lowerHex, "40").by("bku"),
	prefixed("CCIPAT_", base62, "22_40"),
	prefixed("CCIPRJ_", base62, "22_40"),
	exactly("ico-", base62, "32").where(varied),
	exactly("API-", upper36, "26"),
	prefixed("pnu_", base62, "36"),
	prefixed("pnb_", base62, "36"),
	prefixed("tk-us-", url64, "48").by("tk-u"),
	prefixed("eyJ0eXAiOiAiVENWMiJ9.", dotted64, "60"),
	prefixed("perm:", jetbrainsBody, "40").where(varied),
	prefixed("perm-", jetbrainsBody, "40").where(varied),
)

// jetbrainsBody is base64 in parts joined by dots.
var jetbrainsBody = alphabetOf("0-9A-Za-z+/=.")
