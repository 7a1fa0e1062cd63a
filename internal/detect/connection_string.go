package detect

import "strings"

// connectionString finds user and password of data sources that are no URL: those of
// Go's MySQL driver (user:password@tcp(host)/db) and of Oracle's thin driver
// (user/password@host). Passwords of other connection strings stand under a key
// (Password=, AccountKey=) or in a URL.
var connectionString = &Detector{
	Name:     "connection_string",
	Summary:  "user and password of a data source: user:password@tcp(host)/db, jdbc:oracle:thin:user/password@host",
	Evidence: "what follows the sign, or stands before it",
	anchors:  []string{"@tcp(", "@unix(", ":thin:"},
	match: func(c *candidate) (Finding, bool) {
		if c.text[c.at] == ':' {
			return oracleUser(c)
		}
		start := c.at
		for start > 0 && c.at-start < maxUserinfo && !has(c.text[start-1], isSpace) && strings.IndexByte("\"'`=", c.text[start-1]) < 0 {
			start--
		}
		if found := c.text[start:c.at]; strings.IndexByte(found, ':') < 1 || found == redactedUserinfo {
			return Finding{}, false
		}
		return Finding{Start: start, End: c.at, Confidence: Certain}, true
	},
	replacement: func(string) string { return redactedUserinfo },
	sample: func() Sample {
		return Sample{Text: "shop:" + noise(12) + "@tcp(db.example.com:3306)/shop", Secret: noise(12)}
	},
}

// oracleUser looks at user/password@ behind jdbc:oracle:thin:.
func oracleUser(c *candidate) (Finding, bool) {
	rest := window(c.text, c.end, maxUserinfo)
	if i := strings.IndexAny(rest, " \t\r\n\"'"); i >= 0 {
		rest = rest[:i]
	}
	at := strings.LastIndexByte(rest, '@')
	if at < 1 || strings.IndexByte(rest[:at], '/') < 1 || rest[:at] == redactedUserinfo {
		return Finding{}, false
	}
	return Finding{Start: c.end, End: c.end + at, Confidence: Certain}, true
}
