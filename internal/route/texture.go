package route

import "strings"

// texture is what a word, or a part of one, reads like.
type texture struct {
	size            int
	letters, digits int
	longest         int  // run of digits
	runs            int  // of digits
	switches        int  // from letters to digits and back
	words           int  // as they are told apart in camel case: Http2Server has 3
	upper, lower    bool // has such letters
	hex             bool // hex digits only
	pod             bool // only characters that Kubernetes gives to pods
	leading         bool // begins with a digit
	consonants      int  // the longest run of letters without a vowel
}

// podSuffix is the length of the random end of the name of a pod. Its alphabet has
// no vowels and nothing that looks like one, so that it makes no words:
// k8s.io/apimachinery/pkg/util/rand.
const (
	podSuffix   = 5
	podAlphabet = "bcdfghjklmnpqrstvwxz2456789"
)

func textureOf(s string) texture {
	x := texture{size: len(s), leading: s != "" && isDigit(s[0])}
	var before, all charKind
	all = isPodChar | isHexChar
	run, consonants := 0, 0
	for i := range len(s) {
		c := charKinds[s[i]]
		all &= c
		kind := c & (isLower | isUpper | isNumber)
		switch kind {
		case isNumber:
			x.digits++
			run++
			x.longest = max(x.longest, run)
			if before != isNumber {
				x.runs++
			}
		case isLower:
			x.letters++
			x.lower = true
		case isUpper:
			x.letters++
			x.upper = true
		}
		if kind != isNumber {
			run = 0
		}
		if kind != before && kind != 0 && (kind != isLower || before != isUpper) { // "Aa" is one word
			x.words++
		}
		if kind != 0 && before != 0 && (kind == isNumber) != (before == isNumber) {
			x.switches++
		}
		if consonants++; c&isConsonant == 0 {
			consonants = 0
		}
		x.consonants = max(x.consonants, consonants)
		before = kind
	}
	x.hex, x.pod = all&isHexChar != 0, all&isPodChar != 0
	return x
}

// charKind is what a character of a word is.
type charKind uint8

const (
	isLower charKind = 1 << iota
	isUpper
	isNumber
	isConsonant
	isPodChar
	isHexChar
)

var charKinds = func() (of [256]charKind) {
	for i := range of {
		b := byte(i)
		switch {
		case isDigit(b):
			of[b] = isNumber
		case 'a' <= b && b <= 'z':
			of[b] = isLower
		case isLetter(b):
			of[b] = isUpper
		}
		if isLetter(b) && strings.IndexByte("aeiouyAEIOUY", b) < 0 {
			of[b] |= isConsonant
		}
		if strings.IndexByte(podAlphabet, b) >= 0 {
			of[b] |= isPodChar
		}
		if isHex(b) {
			of[b] |= isHexChar
		}
	}
	return of
}()

// isRandom reports whether a text reads like random letters and digits. Names in
// camel case have digits too, so where both cases are, the words must be short: in
// base 64 they have 2.3 characters on average, in names 4 and more.
func (x texture) isRandom() bool {
	switch {
	case x.letters == 0 || x.digits == 0:
		return false
	case x.switches >= 4 && (!x.upper || !x.lower):
		return true
	case x.size < minToken:
		return x.switches >= 4 && 2*x.size <= 5*x.words
	case x.upper && x.lower:
		return 2*x.size <= 5*x.words || (x.runs > 1 || x.consonants > 4) && 5*x.size <= 16*x.words
	default:
		return x.digits > 1
	}
}

// isRandomWord is isRandom for a word of several parts, which may be base 64 for
// URLs, with its "-" and "_". Digits that stand alone do not tell, as a date has them.
func (x texture) isRandomWord() bool {
	return x.size >= minToken && x.upper && x.lower && x.switches > 1 && x.isRandom()
}

// isPlain reports whether a part is a word by itself, which does not begin a token.
func (x texture) isPlain() bool { return x.size > 2 && x.digits == 0 && x.words == 1 }

// isPod reports whether a word ends as the name of a pod of a Deployment does, with
// a hash of n characters and a suffix: "68bd9cf88f-bcdfg".
func isPod(word string, n int) bool {
	return 8 <= n && n <= 10 && len(word) == n+1+podSuffix && word[n] == '-' &&
		textureOf(word[:n]).pod && textureOf(word[n+1:]).pod
}

// isPodSuffix reports whether a part reads like the random end of a pod's name, or
// the hash before it. Words of this alphabet, as "http2", end with their digits.
func (x texture) isPodSuffix() bool {
	return x.pod && x.digits > 0 && x.size >= podSuffix && (x.switches > 1 || x.leading)
}
