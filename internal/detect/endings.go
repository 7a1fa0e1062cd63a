package detect

import "strings"

// endingSet holds the last three letters of names, whatever their case: most keys in
// ordinary text are told apart from sensitive ones by them alone.
type endingSet [1 << 15 / 64]uint64

// ending returns the number of three letters, and whether all of them are some.
func ending(a, b, c byte) (n uint32, ok bool) {
	const low = 0x1f // the bits that small and capital letters share
	return uint32(a&low)<<10 | uint32(b&low)<<5 | uint32(c&low), has(a, isAlpha) && has(b, isAlpha) && has(c, isAlpha)
}

func (e *endingSet) add(name string) {
	name = strings.TrimRight(name, "0123456789")
	if len(name) < 3 {
		return // shorter names are always looked at: see boring
	}
	n, ok := ending(name[len(name)-3], name[len(name)-2], name[len(name)-1])
	if ok {
		e[n>>6] |= 1 << (n & 63)
	}
}

// fillEndings adds the names of all keys that any detector may look at.
func (s *Scanner) fillEndings() {
	for _, names := range []map[string]bool{secretNames, authorizationNames, cookieNames, codeNames, words(`token pass value key`)} {
		for name := range names {
			s.endings.add(name)
		}
	}
	for _, name := range secretSuffixes {
		s.endings.add(name)
	}
	for name := range s.names {
		s.endings.add(name)
	}
	for word := range s.contexts {
		s.contextEndings.add(word)
	}
	for _, a := range Attributes() {
		if a.Treatment == "secret" || strings.HasPrefix(a.Treatment, forcePrefix) {
			s.endings.add(a.Name)
		}
	}
	if len(s.onParameter) > 0 {
		for name := range parameters {
			s.endings.add(name)
		}
	}
}

// speaks reports whether some word of context, or the second of two, may end as the
// word does.
func (s *Scanner) speaks(word string) bool {
	if len(word) < 3 {
		return true
	}
	n, ok := ending(word[len(word)-3], word[len(word)-2], word[len(word)-1])
	return !ok || s.contextEndings[n>>6]&(1<<(n&63)) != 0
}

// boring reports whether the key before the operator at op ends in three letters in
// which no key ends that matters. All else is looked at: short keys, digits, quotes
// with backslashes, blanks.
func (s *Scanner) boring(text string, op int) bool {
	end := op
	if end > 0 && text[end-1] == '"' {
		end--
	}
	// Digits at the end do not count: password2, password_2.
	name := end
	for end > 0 && name-end < maxKey {
		word := end
		for end > 0 && has(text[end-1], isDigit) {
			end--
		}
		if end == word || end == 0 || !has(text[end-1], isUnderscore|isDash) {
			break
		}
		end--
	}
	switch {
	case end < name && (end == 0 || has(text[end-1], isSpace)):
		return true // nothing but digits
	case end < 3:
		return false
	}
	n, ok := ending(text[end-3], text[end-2], text[end-1])
	return ok && s.endings[n>>6]&(1<<(n&63)) == 0
}
