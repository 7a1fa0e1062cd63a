package detect

// urlParameter finds parameters of URLs that are secret or personal in a URL, though
// their names say little elsewhere: signatures, codes, sessions. Names that are
// secret everywhere (password, access_token) are secretAssignment's. The
// replacement is what the semantic conventions prescribe for url.full and
// url.query.
var urlParameter = &Detector{
	Name:     "url_parameter",
	Summary:  "secret or personal parameter of a URL: sig, X-Amz-Signature, code, session, email ...",
	Evidence: "the name of the parameter; short names need a value that looks like a token",
	triggers: onParameter,
	match: func(c *candidate) (Finding, bool) {
		how := parameters[toLower(c.name)]
		if how == 0 {
			return Finding{}, false
		}
		end := parameterEnd(c.text, c.end)
		value := c.text[c.end:end]
		switch {
		case !reveals(value) || value == redactedUser:
			return Finding{}, false
		case how == tokenOnly && (len(value) < minParameter || !tokenShaped(value)):
			return Finding{}, false
		}
		return Finding{Start: c.end, End: end, Confidence: Likely}, true
	},
	replacement: func(string) string { return redactedUser },
	sample: func() Sample {
		return Sample{Text: "https://files.example.com/a.pdf?X-Amz-Signature=" + noise(64), Secret: noise(64)}
	},
}

// minParameter is the shortest value of a parameter whose name alone says little.
const minParameter = 16

// How a parameter is judged.
const (
	always = 1 + iota
	tokenOnly
)

// parameters are names in small letters: those that the semantic conventions list
// for url.query, and those that hand over sessions, codes and persons.
var parameters = func() map[string]int {
	all := map[string]int{}
	for name := range words(`x-amz-signature x-amz-credential x-amz-security-token awsaccesskeyid signature sig x-goog-signature x-goog-credential
		x-ms-signature sharedaccesssignature samlresponse samlrequest relaystate jwt otp ssn email e-mail mail phone tel mobile msisdn
		sessionid session_id jsessionid phpsessid aspsessionid asp.net_sessionid sid_token id_token_hint login_hint code_verifier client_assertion assertion
		auth_code authorization_code oauth_token oauth_verifier oauth_signature firstname first_name lastname last_name fullname dob`) {
		all[name] = always
	}
	for name := range words(`code key state session sid auth ticket nonce hash t tk h s k token apitoken invite invitation reset confirmation confirm verify verification magic`) {
		all[name] = tokenOnly
	}
	return all
}()

// parameterEnd returns the end of the value of a parameter: that of any bare value,
// or the next parameter or fragment. Signs that escape it in a URL's query but not
// in text (brackets, commas) may belong to it: see bareEnd.
func parameterEnd(text string, i int) int {
	next := i
	for next < len(text) && text[next] != '&' && text[next] != '#' && !has(text[next], isSpace) {
		next = max(next+1, markerEnd(text, next))
	}
	return min(next, bareEnd(text[:min(len(text), next+maxKey+2)], i)) // with the next key, which tells the end of a field
}
