package detect

import "strings"

// salesforce finds the session ids of Salesforce, which are its access tokens
// too: the id of the organisation, 00D and 12 characters, an exclamation mark and
// 90 more or so.
var salesforce = tokens(&Detector{
	Name:     "salesforce",
	Summary:  "Salesforce session or access token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("!AQ", dotted64, "80").after(15, base62).led("00Dq7W").where(salesforceSession),
	prefixed("!AR", dotted64, "80").after(15, base62).led("00Dq7W").where(salesforceSession),
)

func salesforceSession(token string) bool { return strings.HasPrefix(token, "00D") }
