package route

import "strings"

// part writes the part of a word that begins at s[i], or what is data from there on,
// and returns its length.
func (w *writer) part(s string, i int) int {
	rest := s[i:]
	n := 0
	var has charKind
	for ; n < len(rest) && nameClasses[rest[n]] == 0; n++ {
		has |= charKinds[rest[n]]
	}
	alone := !w.joined && (n == len(rest) || nameClasses[rest[n]]&nameJoin == 0)
	if has&isNumber == 0 && n <= maxWord && (alone || has&isUpper == 0 && n != podSuffix && 2 < n && n < minHex) {
		w.text(rest[:n]) // a word, as most are
		return n
	}
	if formed, kind := form(rest, n); formed > 0 {
		w.kind(kind)
		return formed
	}
	word := n
	for word < len(rest) && nameClasses[rest[word]]&^nameJoin == 0 {
		word++
	}
	part := rest[:n]
	x := textureOf(part)
	if word > n && (isPod(rest[:word], n) || !x.isPlain() && textureOf(rest[:min(word, 2*maxWord)]).isRandomWord()) {
		w.kind(kindToken)
		return word
	}
	kind := w.kindOf(part, x, n == word)
	if kind == "" || isRegion(s[:i], part) {
		w.text(part)
		return n
	}
	w.kind(kind)
	w.strong = w.strong || n >= minHex
	return n
}

// form returns the length and the kind of the data that s begins with and that is
// known by its form, if there is such. n is the length of the first part of s.
func form(s string, n int) (length int, kind string) {
	if isDigit(s[0]) {
		if length := dateLen(s); length > 0 {
			return length, kindDate
		}
		if length := addressLen(s); length > 0 {
			return length, kindIP
		}
		if isULID(s[:n]) {
			return n, kindULID
		}
	}
	if length := len(shapeUUID); n == minHex && len(s) >= length && isUUID(s[:length]) && endsAt(s, length) {
		return length, kindUUID
	}
	return 0, ""
}

// kindOf returns the kind of a part of a word, or "". last says that it ends the word.
func (w *writer) kindOf(part string, x texture, last bool) string {
	joined := w.data >= 0 && w.joined
	switch {
	case len(part) > maxWord:
		return kindToken
	case x.digits > 0 && x.letters == 0:
		return kindID
	case x.hex && x.digits > 0 && len(part) >= minHex:
		return kindHex
	case len(part) > len("0x") && part[:2] == "0x" && textureOf(part[2:]).hex:
		return kindHex
	case x.longest >= minDigits:
		return kindID
	case x.isRandom(), x.isPodSuffix():
		return kindToken
	case joined && x.switches >= 2:
		return kindToken
	case joined && last && w.strong && x.pod && len(part) == podSuffix:
		return kindToken
	default:
		return ""
	}
}

// dateLen returns the length of the date or time in ISO 8601 that s begins with, or 0.
func dateLen(s string) int {
	day, month := len(shapeDay), len(shapeMonth)
	switch {
	case len(s) > day+1 && s[day] == 'T' && isDigit(s[day+1]) && isDate(s[:day]):
		end := day + 1
		for end < len(s) && strings.IndexByte("0123456789:.+-Z", s[end]) >= 0 {
			end++
		}
		for !isDigit(s[end-1]) && s[end-1] != 'Z' {
			end--
		}
		return end
	case len(s) >= day && endsAt(s, day) && isDate(s[:day]):
		return day
	// "2026-01" is a month, "order-8842-17" has none.
	case len(s) >= month && endsAt(s, month) && (s[0] == '1' || s[0] == '2') && isDate(s[:month]) && "01" <= s[5:7] && s[5:7] <= "12":
		return month
	default:
		return 0
	}
}

// addressLen returns the length of the IPv4 address that s begins with, or 0. It may
// be written with dashes, as in names of machines: "ip-192-0-2-1".
func addressLen(s string) int {
	i := 0
	for octet := range 4 {
		if octet > 0 {
			if i >= len(s) || s[i] != '.' && s[i] != '-' {
				return 0
			}
			i++
		}
		value, digits := 0, 0
		for i < len(s) && isDigit(s[i]) && digits <= 3 {
			value = 10*value + int(s[i]-'0')
			digits++
			i++
		}
		if digits == 0 || digits > 3 || value > 255 {
			return 0
		}
	}
	if !endsAt(s, i) {
		return 0
	}
	return i
}

// endsAt reports whether a word or part may end before s[n].
func endsAt(s string, n int) bool {
	return n == len(s) || !isLetter(s[n]) && !isDigit(s[n])
}

// isRegion reports whether a number after a word is part of the name of a region, as
// in "us-east-1".
func isRegion(before, number string) bool {
	if len(number) != 1 || !strings.HasSuffix(before, "-") {
		return false
	}
	before = before[:len(before)-1]
	direction := before[strings.LastIndexAny(before, "-.")+1:]
	switch direction {
	case "north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest":
		return true
	default:
		return false
	}
}
