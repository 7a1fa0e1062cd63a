package detect

import (
	"encoding/base64"
	"math"
)

// genericHighEntropy tags tokens of no known kind that look drawn at random. It takes every
// mixture of letters and digits for a candidate, and identifiers are drawn at random too:
// it is for those who want to see what else they have, and changes nothing by itself.
var genericHighEntropy = &Detector{
	Name:     "generic_high_entropy",
	Summary:  "token of 20 characters or more that looks random",
	Evidence: "digits and letters of both cases with 0.9 of the entropy that their number allows; no hexadecimal digest, UUID or text in base64",
	Packs:    []string{"entropy"},
	Default:  Tag,
	digits:   []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
	glued:    true,
	match: func(c *candidate) (Finding, bool) {
		start := c.at
		for start > 0 && c.at-start < maxEntropy && entropyBody.has(c.text[start-1]) {
			if start--; has(c.text[start], isDigit) {
				return Finding{}, false // an earlier group of digits looked at the token
			}
		}
		end := entropyBody.span(c.text, c.end, maxEntropy)
		for end > start && !has(c.text[end-1], isAlnum) && c.text[end-1] != '=' {
			end--
		}
		for start < end && !has(c.text[start], isAlnum) {
			start++
		}
		token := c.text[start:end]
		if len(token) < minEntropy || end-c.end >= maxEntropy || !varied(token) || uuidShaped(token) || random(token) < randomness || encodedText(token) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Likely}, true
	},
	sample: func() Sample { return bareSample(noise(31)) },
}

const (
	// minEntropy is the shortest token that is judged, maxEntropy the longest.
	minEntropy = 20
	maxEntropy = 256
	// randomness is the share of the entropy that a random token has: 20 characters
	// of base62 have 0.93 of it on average.
	randomness = 0.9
)

// entropyBody is base64 and base64url; words joined by dots and slashes end there.
var entropyBody = alphabetOf("0-9A-Za-z+_=-")

// random returns the Shannon entropy of the characters, as a share of the most that
// their number and the alphabet of 64 allow.
func random(token string) float64 {
	var counts [128]int
	for i := range len(token) {
		counts[token[i]&127]++
	}
	entropy, n := 0.0, float64(len(token))
	for _, count := range counts {
		if count > 0 {
			p := float64(count) / n
			entropy -= p * math.Log2(p)
		}
	}
	const alphabet = 64
	return entropy / math.Log2(min(n, alphabet))
}

// uuidShaped reports whether a token is a UUID of mixed case.
func uuidShaped(token string) bool {
	f := exactly("", anyHex, uuidLayout)
	end, complete := f.end(token, 0)
	return complete && end == len(token)
}

// encodedText reports whether a token is text in base64.
func encodedText(token string) bool {
	for len(token) > 0 && token[len(token)-1] == '=' {
		token = token[:len(token)-1]
	}
	decoded, err := base64.RawStdEncoding.DecodeString(token)
	if err != nil {
		if decoded, err = base64.RawURLEncoding.DecodeString(token); err != nil {
			return false
		}
	}
	for _, b := range decoded {
		if b < ' ' && !has(b, isSpace) || b > '~' {
			return false
		}
	}
	return true
}
