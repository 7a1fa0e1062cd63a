package detect

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// httpAuthorization finds the credentials of Authorization headers, by the name
// of the header or by the scheme before them. The scheme stays readable.
var httpAuthorization = &Detector{
	Name:     "http_authorization",
	Summary:  "credentials of an Authorization header, or behind Bearer and Basic",
	Evidence: "the name of the header, or a scheme with 16 characters of a token, or base64 of user:password",
	flags:    keyAuthorization,
	anchors:  cases("bearer", "basic"), // the space behind them is in the middle of common windows
	match:    bareScheme,
	under: func(_ KeyClass, text string) (Finding, bool) {
		start, ok := credentials(text)
		if !reveals(text) || !ok {
			return Finding{}, false
		}
		return Finding{Start: start, End: len(text), Confidence: Certain}, true
	},
	sample: func() Sample {
		return Sample{Key: "http.request.header.authorization", Text: "Bearer " + noise(32), Secret: noise(32)}
	},
}

// schemes are those of the registry of HTTP authentication schemes that are in
// use, and common ones beside it, in small letters.
var schemes = words(`basic bearer digest negotiate ntlm hoba mutual dpop gnap vapid scram-sha-1 scram-sha-256 token apikey api-key key aws4-hmac-sha256 hmac oauth sharedkey sharedkeylite signature
	hawk mac aws jwt bot splunk ssws snowflake geniekey api-token klaviyo-api-key zoho-oauthtoken`)

// credentials returns where the credentials of a header's value begin, behind the
// scheme if there is a known one. It is false if nothing behind it is worth
// hiding.
func credentials(value string) (int, bool) {
	start := 0
	if space := strings.IndexByte(value, ' '); space > 0 && schemes[toLower(value[:space])] {
		start = space + 1
		for start < len(value) && value[start] == ' ' {
			start++
		}
		if schemeOnly := start == len(value); schemeOnly {
			return 0, false
		}
	}
	rest := strings.TrimSpace(value[start:])
	// A challenge asks for credentials, except that OAuth 1.0 begins them with the realm.
	challenge := len(rest) <= maxToken && strings.HasPrefix(rest, "realm=") && !equalFold(value[:min(len(value), len("oauth"))], "oauth")
	if !reveals(rest) || challenge {
		return 0, false
	}
	if start == 0 && (schemes[toLower(rest)] || len(rest) < 12 && plainWord(rest)) {
		return 0, false // "authorization: granted", or a scheme alone
	}
	return start, true
}

// headerEnd returns the end of a bare header value: behind the scheme's
// credentials. Schemes whose credentials are a list of parameters take the rest
// of the line.
func headerEnd(text string, v assigned) int {
	scheme := toLower(text[v.start:v.end])
	if !schemes[scheme] && !schemeLike(text, v) {
		return v.end
	}
	next := v.end
	for next < len(text) && text[next] == ' ' {
		next++
	}
	switch scheme {
	case "digest", "aws4-hmac-sha256", "signature", "hmac", "oauth", "mutual", "vapid", "hawk", "mac":
		return parametersEnd(text, next)
	}
	return bareEnd(text, next)
}

// schemeLike reports whether a word that is no known scheme is one all the same:
// a word with a digit stands behind it that is not the next field.
func schemeLike(text string, v assigned) bool {
	word := text[v.start:v.end]
	if nameEnd(word) != len(word) || v.end+1 >= len(text) || text[v.end] != ' ' {
		return false
	}
	next := window(text, v.end+1, maxToken)
	next = next[:bareEnd(next, 0)]
	if key := nameEnd(next); key > 0 && key < len(next)-1 && next[key] == '=' {
		return false
	}
	return strings.ContainsAny(next, "0123456789")
}

// parametersEnd returns the end of a list of parameters, which may hold quoted
// strings: the end of the line, or of the string around it.
func parametersEnd(text string, i int) int {
	for i < len(text) && (text[i] != '\r' && text[i] != '\n' || folded(text, i)) {
		start, delimiter := openingDelimiter(text, i)
		switch {
		case delimiter == "":
			i++
		case text[i-1] != '=' || closesString(text, start, delimiter):
			return i
		default:
			i = closingDelimiter(text, start, delimiter) + len(delimiter)
		}
	}
	return min(i, len(text))
}

// folded reports whether the line break at i is one inside a list of parameters: a
// comma before it, blanks behind it.
func folded(text string, i int) bool {
	before, behind := strings.TrimRight(text[max(0, i-maxPadding):i], "\r\n"), strings.TrimLeft(window(text, i, maxPadding), "\r\n")
	return strings.HasSuffix(before, ",") && behind != "" && (behind[0] == ' ' || behind[0] == '\t')
}

// minBearer is the shortest token behind a bare "Bearer": prose goes on there too.
const minBearer = 16

// bareScheme verifies credentials that only a scheme announces.
func bareScheme(c *candidate) (Finding, bool) {
	if wordEndsAt(c.text, c.at) || c.end == len(c.text) || c.text[c.end] != ' ' {
		return Finding{}, false
	}
	start := c.end
	for start < len(c.text) && c.text[start] == ' ' {
		start++
	}
	if lower(c.text[c.at+1]) == 'a' { // basic
		end := span(c.text, start, len(c.text), isBase64)
		return Finding{Start: start, End: end, Confidence: Certain}, basicCredentials(c.text[start:end])
	}
	end := start
	for end < len(c.text) && (has(c.text[end], isWord|isBase64|isDash) || c.text[end] == '~') {
		end++
	}
	token := c.text[start:end]
	if len(token) < minBearer || !tokenShaped(token) || strings.HasPrefix(token, "realm=") {
		return Finding{}, false
	}
	return Finding{Start: start, End: end, Confidence: Likely}, true
}

// basicCredentials reports whether a token decodes to user:password, RFC 7617.
func basicCredentials(token string) bool {
	decoded, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(token, "="))
	return err == nil && strings.Contains(string(decoded), ":") && utf8.Valid(decoded)
}
