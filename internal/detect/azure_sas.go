package detect

import "strings"

// azureSAS finds the signature of a shared access signature of Azure, in a URL or in a
// token: who has it has what the other parameters, which stay, allow.
var azureSAS = &Detector{
	Name:     "azure_sas",
	Summary:  "signature of an Azure shared access signature",
	Evidence: "sig= with 32 bytes of base64, beside the version, or the resource and the end, of the signature",
	anchors:  []string{"sig="},
	match: func(c *candidate) (Finding, bool) {
		if wordEndsAt(c.text, c.at) {
			return Finding{}, false
		}
		end, n := c.end, 0 // n counts characters, percent-encoded ones as one
		for end < len(c.text) && n < sasLength {
			switch {
			case c.text[end] == '%' && end+2 < len(c.text) && hexByte(c.text[end+1]) && hexByte(c.text[end+2]):
				end += 3
			case std64.has(c.text[end]) || c.text[end] == '-' || c.text[end] == '_':
				end++
			default:
				return Finding{}, false
			}
			n++
		}
		if n < sasLength || !varied(c.text[c.end:end]) {
			return Finding{}, false
		}
		if strings.HasPrefix(c.text[end:], "%3D") || strings.HasPrefix(c.text[end:], "%3d") {
			end += len("%3D")
		} else if strings.HasPrefix(c.text[end:], "=") {
			end++
		}
		if wordStartsAt(c.text, end) {
			return Finding{}, false
		}
		beside := c.text[max(0, c.at-maxSAS):min(len(c.text), end+maxSAS)]
		signed := strings.Contains(beside, "sv=") || strings.Contains(beside, "se=") && strings.Contains(beside, "sr=")
		return Finding{Start: c.end, End: end, Confidence: Certain}, signed
	},
	sample: func() Sample {
		const before = "https://shop.blob.core.windows.net/c?sv=2025-01-05&sig="
		return Sample{Text: before + noise(sasLength) + "%3D", Secret: noise(sasLength)}
	},
}

const (
	// sasLength is that of a SHA-256 in base64 without padding.
	sasLength = 43
	// maxSAS is how far from the signature the other parameters are looked for.
	maxSAS = 400
)
