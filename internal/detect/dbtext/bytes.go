package dbtext

import "strings"

const (
	isDigit byte = 1 << iota
	isLetter
	isName  // _ $ and bytes from 0x80 up, which names may have beside letters and digits
	isSpace // white space and control characters
	isBare  // what an unquoted word of a document may have
	isHex

	isWord = isDigit | isLetter | isName
)

var classes = func() (t [256]byte) {
	for c := '0'; c <= '9'; c++ {
		t[c] |= isDigit | isHex
	}
	for c := 'a'; c <= 'z'; c++ {
		t[c] |= isLetter
		t[c-'a'+'A'] |= isLetter
		if c <= 'f' {
			t[c] |= isHex
			t[c-'a'+'A'] |= isHex
		}
	}
	t['_'] |= isName
	t['$'] |= isName
	for c := 0x80; c <= 0xff; c++ {
		t[c] |= isName
	}
	for c := 0; c <= ' '; c++ {
		t[c] |= isSpace
	}
	t[0x7f] |= isSpace
	for c := range t {
		if t[c]&isWord != 0 {
			t[c] |= isBare
		}
	}
	for _, c := range `@#/.+-\` {
		t[c] |= isBare
	}
	return t
}()

func has(b, class byte) bool { return classes[b]&class != 0 }

// spaces are the white space characters beyond ASCII, which some databases take
// for white space: a number behind one is a number, not part of a name.
var spaces = [...]string{"\u00a0", "\u1680", "\u2002", "\u2003", "\u2009", "\u200b", "\u202f", "\u3000", "\ufeff"}

// wideSpace returns the length of the white space character beyond ASCII at i, or
// 0 if there is none.
func wideSpace(text string, i int) int {
	switch text[i] {
	case 0xc2, 0xe1, 0xe2, 0xe3, 0xef:
		for _, s := range spaces {
			if strings.HasPrefix(text[i:], s) {
				return len(s)
			}
		}
	}
	return 0
}

// wordEnd returns the end of the word at i, not beyond end.
func wordEnd(text string, i, end int) int {
	for i < end && has(text[i], isWord) {
		if text[i] >= 0x80 && wideSpace(text, i) > 0 {
			break
		}
		i++
	}
	return i
}

// spanEnd returns the end of the run of bytes of the class at i, not beyond end.
func spanEnd(text string, i, end int, class byte) int {
	for i < end && has(text[i], class) {
		i++
	}
	return i
}

// uuidAt reports whether a UUID stands at i, and no word goes on behind it.
func uuidAt(text string, i, end int) bool {
	const length = 36
	if end-i < length || text[i+8] != '-' || text[i+13] != '-' || text[i+18] != '-' || text[i+23] != '-' {
		return false
	}
	for j := i; j < i+length; j++ {
		if text[j] != '-' && !has(text[j], isHex) {
			return false
		}
	}
	return end-i == length || !has(text[i+length], isWord)
}

// equalFold reports whether s equals the lower-case ASCII word.
func equalFold(s, word string) bool {
	if len(s) != len(word) {
		return false
	}
	for i := range len(s) {
		if s[i] != word[i] && (!has(s[i], isLetter) || s[i]|0x20 != word[i]) {
			return false
		}
	}
	return true
}

// maxLookup is the longest word that tables of words know.
const maxLookup = 40

// lookup finds a word in a table of lower-case words without allocating.
func lookup[V any](table map[string]V, word string) (V, bool) {
	var buf [maxLookup]byte
	if len(word) > maxLookup {
		var none V
		return none, false
	}
	for i := range len(word) {
		c := word[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		buf[i] = c
	}
	v, ok := table[string(buf[:len(word)])]
	return v, ok
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func in(table map[string]bool, word string) bool {
	_, ok := lookup(table, word)
	return ok
}
