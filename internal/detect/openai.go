package detect

import "strings"

// openai finds the keys of OpenAI. The older ones have no telling prefix but
// "OpenAI" in base64 in their middle.
var openai = tokens(&Detector{
	Name:     "openai",
	Summary:  "OpenAI key: project, service account, administrator, legacy",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("sk-proj-", url64, "64").by("sk-p"),
	prefixed("sk-svcacct-", url64, "64").by("sk-s"),
	prefixed("sk-admin-", url64, "64").by("sk-a"),
	prefixed("sk-None-", url64, "40").by("sk-N"),
	prefixed("T3BlbkFJ", url64, "20").after(23, url64).led("sk-").where(openaiKey),
)

// openaiKey tells the older keys: their literal stands in other text too.
func openaiKey(token string) bool { return strings.HasPrefix(token, "sk-") }
