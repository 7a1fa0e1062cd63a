package detect

import "strings"

// Classes of bytes, and the boundaries between words.

const (
	isDigit byte = 1 << iota
	isUpper
	isLower
	isUnderscore
	isDash // - . which join words in keys and base64url, but end them elsewhere
	isBase64
	isSpace

	isAlpha = isUpper | isLower
	isAlnum = isAlpha | isDigit
	isWord  = isAlnum | isUnderscore
)

// classes is the table of byte classes; bytes from 0x80 up have none.
var classes = func() (t [256]byte) {
	for c := '0'; c <= '9'; c++ {
		t[c] |= isDigit | isBase64
	}
	for c := 'A'; c <= 'Z'; c++ {
		t[c] |= isUpper | isBase64
		t[c+'a'-'A'] |= isLower | isBase64
	}
	t['_'] |= isUnderscore
	t['-'] |= isDash
	t['.'] |= isDash
	t['+'] |= isBase64
	t['/'] |= isBase64
	t['='] |= isBase64
	for _, c := range " \t\r\n\v\f" {
		t[c] |= isSpace
	}
	return t
}()

func has(b, class byte) bool { return classes[b]&class != 0 }

// span returns the end of the run of bytes of the class that starts at i, at
// most limit bytes long.
func span(text string, i, limit int, class byte) int {
	end := min(len(text), i+limit)
	for i < end && has(text[i], class) {
		i++
	}
	return i
}

// base64URLEnd is span for the alphabet of base64url.
func base64URLEnd(text string, i, limit int) int {
	end := min(len(text), i+limit)
	for i < end && (has(text[i], isWord) || text[i] == '-') {
		i++
	}
	return i
}

// wordEndsAt reports whether a letter or digit stands before i, so that a token
// starting at i would be the middle of something longer. Signs may glue a token to
// a name (session-..., TOKEN_...); the last byte of an escape sequence (\n, \u0020,
// %20) is no part of a word: secrets in escaped text stand right behind one.
func wordEndsAt(text string, i int) bool {
	return i > 0 && has(text[i-1], isAlnum) && !escapeEndsAt(text, i)
}

// wordStartsAt reports whether the byte at i belongs to a word, so that a token
// ending at i would go on.
func wordStartsAt(text string, i int) bool {
	return i < len(text) && has(text[i], isWord)
}

// maxEscape bounds the length of an escape sequence.
const maxEscape = 16

// escapeEndsAt reports whether an escape sequence ends right before i: \n and its
// like, %20, \x22, \u0022, or a colour of a terminal.
func escapeEndsAt(text string, i int) bool {
	if i >= 2 && text[i-2] == '\\' && strings.IndexByte("nrtbfv0", text[i-1]) >= 0 {
		return true
	}
	hexadecimal := 0
	for hexadecimal < 4 && hexadecimal < i && hexByte(text[i-1-hexadecimal]) {
		hexadecimal++
	}
	if hexadecimal >= 2 && (strings.HasSuffix(text[:i-2], "%") || strings.HasSuffix(text[:i-2], `\x`)) {
		return true
	}
	return hexadecimal == 4 && strings.HasSuffix(text[:i-4], `\u`) || colourStart(text, i) < i
}

// escapes are the spellings of the byte ESC in logs.
var escapes = [...]string{"\x1b", `\u001b`, `\u001B`, `\x1b`, `\x1B`, `\033`, `#033`, `\e`}

// colourStart returns where the colour sequence that ends at i begins (ESC [ 31 m),
// or i if there is none.
func colourStart(text string, i int) int {
	if i < 3 || text[i-1] != 'm' {
		return i
	}
	start := i - 1
	for start > 0 && i-start < maxEscape && (has(text[start-1], isDigit) || text[start-1] == ';') {
		start--
	}
	if start == 0 || text[start-1] != '[' {
		return i
	}
	for _, esc := range escapes {
		if strings.HasSuffix(text[:start-1], esc) {
			return start - 1 - len(esc)
		}
	}
	return i
}

func hexByte(b byte) bool {
	return has(b, isDigit) || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F'
}

// allSame reports whether s repeats one byte, as placeholders do ("xxxx").
func allSame(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i] != s[0] {
			return false
		}
	}
	return true
}

// lower returns the ASCII lower case of b.
func lower(b byte) byte {
	if has(b, isUpper) {
		return b + 'a' - 'A'
	}
	return b
}

// equalFold reports whether s equals the lower-case ASCII word.
func equalFold(s, word string) bool {
	if len(s) != len(word) {
		return false
	}
	for i := range len(s) {
		if lower(s[i]) != word[i] {
			return false
		}
	}
	return true
}
