package detect

import (
	"hash/crc32"
	"strings"
)

// github finds GitHub tokens. Classic ones end in a CRC-32 of their middle in
// base62, which makes them certain; a token that fails it may be cut off or of a
// newer kind, and is treated as one all the same.
var github = &Detector{
	Name:     "github",
	Summary:  "GitHub token: ghp_, gho_, ghu_, ghs_, ghr_ (with checksum) or github_pat_",
	Evidence: "36 letters and digits with their CRC-32 in base62; other lengths are likely",
	// The end of "github_pat" is common in logs.
	anchors: []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_p"},
	match: func(c *candidate) (Finding, bool) {
		if wordEndsAt(c.text, c.at) {
			return Finding{}, false
		}
		fine := strings.HasPrefix(c.text[c.at:], fineGrained)
		start, class := c.end, isAlnum
		if fine {
			start, class = c.at+len(fineGrained), isWord
		} else if start-c.at != len("ghp_") {
			return Finding{}, false
		}
		end := span(c.text, start, maxGitHub, class)
		body := c.text[start:end]
		// GitHub's own examples repeat one letter.
		if len(body) < minGitHub || allSame(body) {
			return Finding{}, false
		}
		confidence := Likely
		if fine || len(body) == classicGitHub && checksummed(body) {
			confidence = Certain
		}
		return Finding{Start: c.at, End: end, Confidence: confidence}, true
	},
	sample: func() Sample { return bareSample("gh" + "p_" + noise(classicGitHub)) },
}

const (
	fineGrained = "github_pat_"

	// classicGitHub is the length of a classic token behind its prefix: 30
	// characters and 6 of checksum.
	classicGitHub = 36
	// maxGitHub bounds what is read; fine-grained tokens have 82 characters.
	maxGitHub = 512
	// minGitHub is the shortest cut-off token that is still taken for one.
	minGitHub = 20
)

// checksummed verifies the last six characters of a classic token.
func checksummed(body string) bool {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	sum := crc32.ChecksumIEEE([]byte(body[:30]))
	for i := classicGitHub - 1; i >= 30; i-- {
		if body[i] != alphabet[sum%62] {
			return false
		}
		sum /= 62
	}
	return true
}
