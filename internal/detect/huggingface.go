package detect

import "strings"

// huggingface finds the tokens of Hugging Face (huggingface.co, User access
// tokens). They have letters only, of both cases.
var huggingface = tokens(&Detector{
	Name:     "huggingface",
	Summary:  "Hugging Face user or organisation token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("hf_", base62, "34").where(bothCases),
	prefixed("api_org_", base62, "34").by("api_o").where(bothCases),
)

// bothCases reports whether a token has letters of both cases behind its prefix.
func bothCases(token string) bool {
	return strings.ContainsAny(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") && strings.ContainsAny(token[4:], "abcdefghijklmnopqrstuvwxyz")
}
