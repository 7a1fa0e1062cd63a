package detect

import "strings"

// secretAssignment finds values by the name of their key: in attributes, in
// JSON, in k=v and k: v text.
var secretAssignment = &Detector{
	Name:     "secret_assignment",
	Summary:  "a value whose key names a secret: password, api_key, client_secret, access_token ...",
	triggers: onOperator,
	match: func(c candidate) (Finding, bool) {
		v, ok := valueAfter(c.text, c.at, c.key)
		if !ok || !v.reveals(c.text) || !secretUnder(c.key, c.text[v.start:v.end]) {
			return Finding{}, false
		}
		if v.prose && plainWord(c.text[v.start:v.end]) {
			return Finding{}, false
		}
		f := Finding{Start: v.start, End: v.end, Confidence: Likely}
		if v.delimiter == "" {
			f.quote = v.keyDelimiter
		}
		return f, true
	},
	force: func(key KeyClass, text string) (Finding, bool) {
		if !reveals(text) || !secretUnder(key, text) {
			return Finding{}, false
		}
		return Finding{Start: 0, End: len(text), Confidence: Certain}, true
	},
}

// secretUnder reports whether a value under a sensitive key is what the key
// promises.
func secretUnder(key KeyClass, value string) bool {
	switch {
	case key&keySecret != 0:
		return !pathShaped(value)
	case key&keyPass != 0:
		digits := span(value, 0, len(value), isDigit)
		return len(value) > maxToken || digits < len(value) && !plainWord(value)
	case key&keyToken != 0:
		return tokenShaped(value)
	case key&keyCode != 0:
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
	return word != "" && span(word, 1, len(word), isLower|isDash) == len(word) && has(word[0], isAlpha)
}
