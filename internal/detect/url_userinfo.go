package detect

import "strings"

// urlUserinfo finds the user and password of a URL. What replaces them is the
// spelling that the semantic conventions prescribe for url.full, so that the URL
// still parses.
var urlUserinfo = &Detector{
	Name:     "url_userinfo",
	Summary:  "user and password in a URL: scheme://user:password@host",
	Evidence: "a user part before the host; without a password on the web only",
	triggers: onScheme,
	match: func(c *candidate) (Finding, bool) {
		start, end := userinfo(c.text, c.at)
		if start == end {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Certain}, true
	},
	replacement: func(found string) string {
		if strings.IndexByte(found, ':') < 0 {
			return redactedUser
		}
		return redactedUserinfo
	},
	sample: func() Sample {
		const secret = "Xw9-Zq7"
		return Sample{Text: "amqp://shop:" + secret + "@mq.example.com:5672/", Secret: secret}
	},
}

const (
	redactedUser     = "REDACTED"
	redactedUserinfo = "REDACTED:REDACTED"

	// maxUserinfo bounds how far the sign that ends a user part is looked for. A
	// token in place of a password may be long.
	maxUserinfo = 4096
	// maxAfterSlash is the same behind a slash inside a password.
	maxAfterSlash = 256
)

// userinfo returns the user part of the URL whose "://" is at colon; an empty
// range if it has none, or one that reveals nothing.
func userinfo(text string, colon int) (start, end int) {
	start, end = authority(text, colon)
	found := text[start:end]
	user, password, _ := strings.Cut(found, ":")
	switch {
	case found == redactedUser || found == redactedUserinfo || found == ":" || user == "git" && password == "":
		return start, start
	case placeholder(user) && (password == "" || placeholder(password)):
		return start, start
	}
	return start, end
}

// schemeEnd returns the end of the "://" at i, also with the slashes escaped as
// PHP does; i if there is none.
func schemeEnd(text string, i int) int {
	for _, s := range [...]string{"://", `:\/\/`} {
		if strings.HasPrefix(text[i:], s) {
			return i + len(s)
		}
	}
	return i
}

// authority returns the user part of the URL whose "://" is at colon. A user
// without a password counts only on the web, where it is a token; elsewhere it is
// a name, as in ssh://user@host.
func authority(text string, colon int) (start, end int) {
	start = schemeEnd(text, colon)
	end = userinfoEnd(text, start)
	if strings.IndexByte(text[start:end], ':') < 0 && !webScheme(text, colon) {
		return start, start
	}
	return start, end
}

// userinfoEnd returns the offset of the '@' that ends the user part that starts
// at start, or start. It is the last '@' before the path. A password may hold
// the signs that begin a path, though it should not: if what follows the colon
// is no port, the last '@' of the word counts.
func userinfoEnd(text string, start int) int {
	limit := min(len(text), start+maxUserinfo)
	at, colon, path := start, -1, -1
	for i := start; i < limit; i++ {
		switch b := text[i]; {
		case has(b, isSpace) || b == '"' || b == '\'' || b == '`' || b == '<' || b == '>' || b == '\\' && path < 0:
			limit = i
		case b == ':' && colon < 0 && path < 0:
			colon = i
		case b == '@':
			at = i
		case (b == '/' || b == '?' || b == '#') && path < 0:
			if at > start || colon < 0 || portBetween(text, colon, i) {
				return at
			}
			path, limit = i, min(limit, i+maxAfterSlash)
		}
	}
	return at
}

// portBetween reports whether only digits stand between a colon and the path.
func portBetween(text string, colon, path int) bool {
	return path > colon+1 && span(text, colon+1, path, isDigit) >= path
}

// webScheme reports whether the scheme that ends at colon is one where a user
// without a password is a credential.
func webScheme(text string, colon int) bool {
	start := colon
	for start > 0 && colon-start < 8 && has(text[start-1], isAlpha) {
		start--
	}
	switch toLower(text[start:colon]) {
	case "http", "https", "ftp", "ftps", "ws", "wss":
		return true
	}
	return false
}
