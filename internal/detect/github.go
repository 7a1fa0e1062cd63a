package detect

import (
	"hash/crc32"
	"strings"
)

// github finds GitHub tokens. Classic ones end in a CRC-32 of their middle in
// base62, which makes them certain; a token that fails it may be cut off or of a
// newer kind, and is treated as one all the same.
var github = &Detector{
	Name:    "github",
	Summary: "GitHub token: ghp_, gho_, ghu_, ghs_, ghr_ (with checksum) or github_pat_",
	anchors: []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_", fineGrained},
	match: func(c candidate) (Finding, bool) {
		if wordEndsAt(c.text, c.at) {
			return Finding{}, false
		}
		fine := strings.HasPrefix(c.text[c.at:], fineGrained)
		class := isAlnum
		if fine {
			class = isWord
		}
		end := span(c.text, c.end, maxGitHub, class)
		body := c.text[c.end:end]
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
