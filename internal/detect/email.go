package detect

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// email finds e-mail addresses: a local part, the sign (also as %40 and \u0040,
// as URLs and JSON write it), and a domain whose last label can be one.
var email = &Detector{
	Name:     "email",
	Summary:  "e-mail address with a domain that can exist",
	triggers: onAt,
	match: func(c candidate) (Finding, bool) {
		start, end := localPart(c.text, c.at), mailDomain(c.text, c.end)
		if start == c.at || end == c.end {
			return Finding{}, false
		}
		if impersonal[toLower(c.text[start:c.at])] || inAuthority(c.text, start) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Certain}, true
	},
}

// Lengths of the parts of an address, RFC 5321, section 4.5.3.1.
const (
	maxLocal  = 64
	maxDomain = 255
)

// impersonal are local parts that belong to nobody: SSH users of code forges,
// nodes of clusters, and senders that take no answer.
var impersonal = words(`git hg svn noreply no-reply donotreply do-not-reply mailer-daemon postmaster rabbit celery`)

// localPart returns where the local part that ends at i begins.
func localPart(text string, i int) int {
	end := i
	for i > 0 && end-i < maxLocal {
		b := text[i-1]
		if b >= utf8.RuneSelf {
			r, size := utf8.DecodeLastRuneInString(text[:i])
			if !unicode.IsLetter(r) {
				break
			}
			i -= size
			continue
		}
		apostrophe := b == '\'' && i < end && has(text[i], isAlpha) && i >= 2 && has(text[i-2], isAlpha)
		if !has(b, isWord|isDash) && b != '+' && !apostrophe {
			break
		}
		if escapeEndsAt(text, i) {
			break
		}
		i--
	}
	for i < end && has(text[i], isDash) {
		i++ // a leading sign is punctuation: --jane@example.com
	}
	return i
}

// mailDomain returns the end of the domain that starts at i, or i if there is
// none: labels of letters, digits and inner hyphens, the last one of letters.
// Labels behind the last possible top-level domain are not part of it.
func mailDomain(text string, i int) int {
	start, end, tld := i, i, ""
	for label := 0; i < len(text) && i-start < maxDomain; label++ {
		stop := i
		for stop < len(text) && stop-start < maxDomain && domainByte(text, stop) {
			stop++
		}
		next := stop
		for stop > i && text[stop-1] == '-' {
			stop--
		}
		if stop == i || text[i] == '-' {
			break
		}
		if label > 0 && possibleTLD(text[i:stop]) {
			end, tld = stop, text[i:stop]
		}
		if next == len(text) || text[next] != '.' {
			break
		}
		i = next + 1
	}
	if notTLD[toLower(tld)] {
		return start
	}
	return end
}

// domainByte reports whether the byte at i may stand in a label.
func domainByte(text string, i int) bool {
	return has(text[i], isAlnum) || text[i] == '-' || text[i] >= utf8.RuneSelf && letterAt(text, i)
}

// letterAt reports whether a letter of another script begins or goes on at i.
func letterAt(text string, i int) bool {
	for back := 0; back < utf8.UTFMax && i-back >= 0; back++ {
		if utf8.RuneStart(text[i-back]) {
			r, _ := utf8.DecodeRuneInString(text[i-back:])
			return unicode.IsLetter(r)
		}
	}
	return false
}

// possibleTLD reports whether a label can end a domain: letters only, two at
// least, or an internationalised one.
func possibleTLD(label string) bool {
	if len(label) < 2 {
		return false
	}
	if len(label) > 4 && equalFold(label[:4], "xn--") {
		return true
	}
	for i := range len(label) {
		if !has(label[i], isAlpha) && label[i] < utf8.RuneSelf {
			return false
		}
	}
	return true
}

// notTLD are last labels of things that only look like addresses: files
// (icon@2x.png), units of systemd, and host names inside clusters.
var notTLD = words(`
	png jpg jpeg gif svg webp ico css js mjs ts jsx tsx json map html xml txt yaml yml jar war zip gz tgz tar
	service socket timer target mount device slice scope path
	internal local localdomain localhost lan svc cluster arpa
`)

// maxWordBack bounds how far back the scheme of a URL is looked for.
const maxWordBack = 512

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
