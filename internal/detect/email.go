package detect

import "strings"

// email finds e-mail addresses: a local part, the sign (also as %40, \u0040 and
// &#64;, as URLs, JSON and HTML write it), and a domain whose last label can be one.
var email = &Detector{
	Name:     "email",
	Summary:  "e-mail address with a domain that can exist",
	Evidence: "the grammar of local part and domain, and a last label that can be a top-level domain; names inside of networks need context",
	triggers: onAt,
	anchors:  []string{"\uff20", "&#64;", "&#x40;", "&commat;", `\x40`},
	context:  words(`email emails mail mails mailto upn userprincipalname recipient sender rcpt smtp`),
	match: func(c *candidate) (Finding, bool) {
		start := localPart(c.text, c.at)
		if start == c.at {
			return Finding{}, false
		}
		end, inside := mailDomain(c.text, c.end)
		if end == c.end || inside && !c.named(start, end) {
			return Finding{}, false
		}
		if impersonal[toLower(c.text[start:c.at])] || inAuthority(c.text, start) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Certain}, true
	},
	// The domain stays.
	partial: func(found string) string {
		at := strings.LastIndexByte(found, '@')
		if at < 0 {
			return marker("email", "")
		}
		return marker("email", "") + found[at:]
	},
	canonical: func(found string) string {
		for _, sign := range [...]string{"%40", `\u0040`, "\uff20", "&#64;", "&#x40;", "&commat;", `\x40`} {
			found = strings.Replace(found, sign, "@", 1)
		}
		return trimmedLower(found)
	},
	sample: func() Sample { return bareSample("jane.doe" + "@look-alike.example.org") },
}

// impersonal are local parts that belong to nobody: SSH users of code forges,
// nodes of clusters, senders that take no answer, and words of languages in which
// the sign has another meaning.
var impersonal = words(`git hg svn noreply no-reply donotreply do-not-reply mailer-daemon postmaster rabbit celery this super return break continue`)

// inAuthority reports whether an address that starts at i stands in the user part
// of a URL, as in https://user:part@host: urlUserinfo's business.
func inAuthority(text string, i int) bool {
	low := max(0, i-maxWordBack)
	scheme := max(strings.LastIndex(text[low:i], "://"), strings.LastIndex(text[low:i], `:\/\/`))
	if scheme < 0 {
		return false
	}
	start, end := authority(text, low+scheme)
	return start <= i && i < end
}

// maxWordBack bounds how far back the scheme of a URL is looked for.
const maxWordBack = 512

// toLower is strings.ToLower for short ASCII words without an allocation where
// the word is in small letters.
func toLower(s string) string {
	if len(s) > maxLocal {
		return ""
	}
	for i := range len(s) {
		if has(s[i], isUpper) {
			b := []byte(s)
			for j := range b {
				b[j] = lower(b[j])
			}
			return string(b)
		}
	}
	return s
}
