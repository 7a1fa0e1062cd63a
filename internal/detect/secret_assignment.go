package detect

import "strings"

// secretAssignment finds values by the name of their key: in attributes, in
// JSON, in k=v and k: v text.
var secretAssignment = &Detector{
	Name:     "secret_assignment",
	Summary:  "a value whose key names a secret: password, api_key, client_secret, access_token ...",
	Evidence: "a key that names a secret, and a value that is no placeholder, path or word about secrets",
	flags:    keySecret | keyToken | keyCode | keyPass,
	under: func(key KeyClass, text string) (Finding, bool) {
		if !reveals(text) || !secretUnder(key, text) {
			return Finding{}, false
		}
		return Finding{Start: 0, End: len(text), Confidence: Likely}, true
	},
	sample: func() Sample { return Sample{Key: "db.password", Text: noise(12), Secret: noise(12)} },
}

// secretUnder reports whether a value under a sensitive key is what the key
// promises.
func secretUnder(key KeyClass, value string) bool {
	switch {
	case key.is(keySecret):
		return !pathShaped(value)
	case key.is(keyPass):
		digits := span(value, 0, len(value), isDigit)
		return len(value) > maxToken || digits < len(value) && !plainWord(value)
	case key.is(keyToken):
		if start, ok := credentials(value); ok {
			value = value[start:] // behind a scheme: Bearer x
		}
		return tokenShaped(value)
	case key.is(keyCode):
		digits := span(value, 0, len(value), isDigit)
		return digits == len(value) && digits >= 3 && digits <= 8
	}
	return false
}

// minToken is the shortest value that counts as a credential where its key does
// not say for sure that it is one.
const minToken = 8

// maxToken is the length beyond which a value under the key "token" is taken for
// one unseen. It keeps the cost of a text full of such keys linear.
const maxToken = 4096

// tokenShaped reports whether a value looks like a credential rather than a word
// or a number: not too short, without spaces, with letters and digits.
func tokenShaped(value string) bool {
	if len(value) > maxToken {
		return true
	}
	if len(value) < minToken || strings.ContainsAny(value, " \t\r\n") {
		return false
	}
	// Token{1e8e419: how Java prints an object.
	if i := strings.IndexByte(value, '{'); i > 0 && span(value, 0, i, isWord) == i {
		return false
	}
	letters, digits := false, false
	for i := range len(value) {
		letters = letters || has(value[i], isAlpha)
		digits = digits || has(value[i], isDigit)
	}
	return letters && digits
}

// pathShaped reports whether a value is where a secret is kept, or the working
// directory: PWD=/home/app, private_key=/etc/tls/key.pem. One slash does not make
// a path: a password may begin with it.
func pathShaped(value string) bool {
	if len(value) > maxToken || value[0] != '/' || strings.Count(value, "/") < 2 {
		return false
	}
	for i := range len(value) {
		if !has(value[i], isLower|isDigit|isDash|isUnderscore) && value[i] != '/' {
			return false
		}
	}
	return true
}

// plainWord reports whether the value is one word of prose.
func plainWord(value string) bool {
	word := strings.TrimRight(value, ".,;:!?")
	if nextKey(value) {
		return true
	}
	return word != "" && span(word, 1, len(word), isLower|isDash) == len(word) && has(word[0], isAlpha)
}
