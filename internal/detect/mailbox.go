package detect

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths of the parts of an address, RFC 5321, section 4.5.3.1.
const (
	maxLocal  = 64
	maxDomain = 255
)

// guest ends the local part of a guest in Microsoft Entra: the address of the
// guest at home with an underscore in place of the sign, and this.
var guest = [...]string{"#EXT#", "#ext#", "%23EXT%23"}

// localPart returns where the local part that ends at i begins.
func localPart(text string, i int) int {
	if i > 0 && text[i-1] == '"' {
		return quotedLocal(text, i)
	}
	end := i
	for _, g := range guest {
		if strings.HasSuffix(text[:i], g) {
			i -= len(g)
			break
		}
	}
	first := i
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
		apostrophe := b == '\'' && i < first && has(text[i], isAlpha) && i >= 2 && has(text[i-2], isAlpha)
		bang := (b == '!' || b == '%') && i < first && has(text[i], isWord)
		if !has(b, isWord|isDash) && b != '+' && !apostrophe && !bang {
			break
		}
		if escapeEndsAt(text, i) {
			size := escapedSign(text, i)
			if size == 0 {
				break
			}
			i -= size
			continue
		}
		i--
	}
	for i < first && has(text[i], isDash) {
		i++ // a leading sign is punctuation: --jane@example.com
	}
	if i == first {
		return end
	}
	return slashedLocal(text, i)
}

// escapedSign returns the length of the escape sequence that ends at i, if it
// spells what a local part may hold: a sign, or a byte of a letter in UTF-8.
func escapedSign(text string, i int) int {
	const percent = len("%2B")
	if i >= percent && text[i-percent] == '%' {
		b, err := strconv.ParseUint(text[i-2:i], 16, 8)
		if err == nil && (b >= utf8.RuneSelf || strings.IndexByte("+-._%!'", byte(b)) >= 0) {
			return percent
		}
		return 0
	}
	for _, e := range [...]string{`\u002b`, `\u002B`} {
		if strings.HasSuffix(text[:i], e) {
			return len(e)
		}
	}
	return 0
}

// slashedLocal returns where a local part of the form customer/department=shipping
// begins, whose last part starts at i: RFC 3696, section 3. A path begins with a
// slash, and its keys follow a question mark.
func slashedLocal(text string, i int) int {
	if i < 2 || text[i-1] != '=' {
		return i
	}
	slash := nameStart(text, i-1)
	if slash < 2 || slash == i-1 || text[slash-1] != '/' {
		return i
	}
	start := nameStart(text, slash-1)
	if start == slash-1 || start > 0 && strings.IndexByte("/?&#%\\", text[start-1]) >= 0 {
		return i
	}
	return start
}

// quotedLocal returns where the quoted local part that ends at i begins:
// "jane doe"@example.com. What may as well be the end of a string before an
// annotation is left alone.
func quotedLocal(text string, i int) int {
	closing := i - 1
	for closing > 0 && text[closing-1] == '\\' {
		closing--
	}
	delimiter := text[closing:i]
	open := strings.LastIndex(text[max(0, closing-maxLocal):closing], delimiter)
	if open < 0 {
		return i
	}
	open += max(0, closing-maxLocal)
	inner := text[open+len(delimiter) : closing]
	if inner == "" || !has(inner[0], isAlnum) || !madeOf(inner, isWord|isDash, " +'@") || open > 0 && has(text[open-1], isAlnum) {
		return i
	}
	return open
}

// mailDomain returns the end of the domain that starts at i, or i if there is
// none: labels of letters, digits and inner hyphens, the last one of letters, or an
// address in brackets. Labels behind the last possible top-level domain are not
// part of it. inside says that the domain exists inside of networks only.
func mailDomain(text string, i int) (end int, inside bool) {
	if at(text, i) == '[' {
		return domainLiteral(text, i), false
	}
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
		if stop == i || text[i] == '-' || label == 1 && has(text[i], isDigit) && versionLabel(text[start:i-1]) {
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
	tld = toLower(tld)
	if notTLD[tld] {
		return start, false
	}
	return end, insideTLD[tld]
}

// domainLiteral returns the end of an address in brackets, RFC 5321, section
// 4.1.3; i if there is none.
func domainLiteral(text string, i int) int {
	inner := i + 1
	if strings.HasPrefix(text[inner:], "IPv6:") {
		inner += len("IPv6:")
	}
	_, end, bits := addressAt(text, inner)
	if end == inner || bits >= 0 || at(text, end) != ']' {
		return i
	}
	return end + 1
}

// versionLabel reports whether a label is the first part of a version: 1, v2.
func versionLabel(label string) bool {
	label = strings.TrimPrefix(label, "v")
	return label != "" && span(label, 0, len(label), isDigit) == len(label)
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

// maxTLD is the length of the longest top-level domain that is not encoded.
const maxTLD = 24

// possibleTLD reports whether a label can end a domain: letters only, two at
// least, not as in the name of a method (onCreate); or an internationalised one.
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
		if i > 0 && has(label[i], isUpper) && has(label[i-1], isLower) {
			return false
		}
	}
	return len(label) <= maxTLD
}

// notTLD are last labels of things that only look like addresses: files
// (icon@2x.png), units of systemd, names inside of clusters.
var notTLD = words(`
	png jpg jpeg gif svg webp ico bmp avif css js mjs ts jsx tsx json map html xml txt yaml yml toml jar war zip gz tgz tar whl lock log class java pdf mp4 webm woff ttf
	service socket timer target mount device slice scope path
	internal svc cluster arpa
`)

// insideTLD are last labels of names inside of networks. There user@host is more
// often a session than a mailbox.
var insideTLD = words(`local localdomain localhost lan corp intranet home private`)
