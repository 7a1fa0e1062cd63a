package detect

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// KeyClass is what a key says about the value under it. The zero class, that of nearly
// all keys, says nothing. It belongs to the scanner that made it.
type KeyClass struct{ hints *hints }

// hints are what a class says. They are immutable.
type hints struct {
	flags keyFlags
	// named are the detectors that the key names, context those that it speaks for.
	named, context bits
	// sensitive is whether the key alone may make the whole value a finding.
	sensitive bool
}

// newClass returns the class of the hints.
func newClass(h hints) KeyClass {
	if h.flags == 0 && !h.named.any() && !h.context.any() {
		return KeyClass{}
	}
	h.sensitive = h.flags&forcing != 0 || h.named.any()
	return KeyClass{&h}
}

// keyFlags are hints that are not those of one detector.
type keyFlags uint32

const (
	// keySecret names a secret: the whole value is one.
	keySecret keyFlags = 1 << iota
	// keyAuthorization names an authorization header: all but its scheme is secret.
	keyAuthorization
	// keyToken names a token, which may be a credential or a page number: its
	// value decides.
	keyToken
	// keyCode names a PIN, a one-time password or a card's security code, which
	// is a secret if it is short and made of digits.
	keyCode
	// keyPass may be short for password, or for having passed.
	keyPass
	// keyNeutral names an identifier that only looks like something personal.
	keyNeutral
	// keyTainted marks a key whose own text has findings.
	keyTainted
	// keyQuery is a database query, keyCommand a command line, keyURL a URL or its
	// query, keyBody the body of a message.
	keyQuery
	keyCommand
	keyURL
	keyBody
	// keyCookie is a header of cookies: their names stay.
	keyCookie
	// keyWord, keyHex and keyNumber promise a shape: what has it is not scanned.
	keyWord
	keyHex
	keyNumber

	forcing = keySecret | keyAuthorization | keyToken | keyCode | keyPass | keyBody | keyCookie
)

// With returns what both classes say. It allocates only if both say something.
func (c KeyClass) With(d KeyClass) KeyClass {
	switch {
	case d.hints == nil || c.hints == d.hints:
		return c
	case c.hints == nil:
		return d
	}
	a, b := c.hints, d.hints
	return newClass(hints{flags: a.flags | b.flags, named: a.named.or(b.named), context: a.context.or(b.context)})
}

// is reports whether the key has one of the flags.
func (c KeyClass) is(flags keyFlags) bool { return c.hints != nil && c.hints.flags&flags != 0 }

// asks reports whether the detector decides about values under the key.
func (c KeyClass) asks(d *Detector) bool {
	return c.hints != nil && (c.hints.flags&d.flags != 0 || c.hints.named.has(d.bit))
}

// speaksFor reports whether the key is context of the detector.
func (c KeyClass) speaksFor(d *Detector) bool { return c.hints != nil && c.hints.context.has(d.bit) }

// Sensitive reports whether the key alone may make the whole value a finding.
func (c KeyClass) Sensitive() bool { return c.hints != nil && c.hints.sensitive }

// Query reports whether the value is a database query.
func (c KeyClass) Query() bool { return c.is(keyQuery) }

// Command reports whether the value is a command line or an argument of one.
func (c KeyClass) Command() bool { return c.is(keyCommand) }

// Tainted reports whether the key's own text may hold something to redact, as in
// "user.jane@example.com.visits".
func (c KeyClass) Tainted() bool { return c.is(keyTainted) }

// harmless reports whether the value has the shape that its key promises: one in
// which no secret fits.
func (c KeyClass) harmless(text string) bool {
	const word, hexadecimal, number = 10, 32, 6
	switch {
	case !c.is(keyWord|keyHex|keyNumber) || c.Sensitive():
		return false
	case c.is(keyWord):
		return len(text) <= word && span(text, 0, word, isAlpha) == len(text)
	case c.is(keyNumber):
		return len(text) <= number && span(text, 0, number, isDigit) == len(text)
	}
	return (len(text) == hexadecimal || len(text) == hexadecimal/2) && allHex(text)
}

// keyMemo remembers the classes of keys. Clients choose the keys, so it is a
// fixed table, indexed by a seeded hash: a newcomer overwrites, memory never
// grows, nobody can aim at a slot. Each set has room for several keys, so that
// two busy ones that meet do not drive each other out.
type keyMemo struct {
	seed maphash.Seed
	sets [1024][4]atomic.Pointer[knownKey]
	size atomic.Int64
}

// knownKey is a key with its class. Keys over maxKnownKey bytes are not remembered.
type knownKey struct {
	key   string
	class KeyClass
}

const maxKnownKey = 256

// KnownKeys returns how many keys the scanner remembers; at most 4096.
func (s *Scanner) KnownKeys() int { return int(s.keys.size.Load()) }

// Key classifies a key. It is cheap: classes are remembered.
func (s *Scanner) Key(key string) KeyClass {
	if key == "" {
		return KeyClass{}
	}
	if len(key) > maxKnownKey {
		return s.classify(key)
	}
	hash := maphash.String(s.keys.seed, key)
	set := &s.keys.sets[hash%uint64(len(s.keys.sets))]
	victim := &set[hash>>62]
	for i := range set {
		known := set[i].Load()
		if known == nil {
			victim = &set[i]
			break
		}
		if known.key == key {
			return known.class
		}
	}
	class := s.classify(key)
	// The key is a part of a batch that will be let go.
	if victim.Swap(&knownKey{strings.Clone(key), class}) == nil {
		s.keys.size.Add(1)
	}
	return class
}

// classify is Key for a key that is not remembered.
func (s *Scanner) classify(key string) KeyClass {
	h := s.words(key)
	var buf [4]Finding
	// Whether what is found acts is for the rules of the place to say.
	if found, _ := s.Scan(buf[:0], Value{Text: key}, s.defaults); len(found) > 0 {
		h.flags |= keyTainted
	}
	return newClass(h)
}

// maxKey bounds how much of a key is read, from its end.
const maxKey = 128

// secretNames are the endings of keys, in small letters without separators, that
// name a secret. Longer names stand for all that end in them: "password" covers
// db.password, userPassword and DB_PASSWORD, but not password_changed_at.
var secretNames = words(`
	password passwd passwords pwd pw passphrase passcode passwordhash passwordconfirmation passwordconfirm
	dbpass userpass smtppass mailpass keypass storepass
	secret secrets secretstring secretvalue secretkeybase clientsecret sharedsecret appsecret secretkey secretaccesskey
	apikey apikeys apisecret accesskey accountkey privatekey signingkey encryptionkey masterkey
	authtoken apitoken accesstoken refreshtoken accesstokens authtokens csrftoken idtoken sessiontoken securitytoken bearertoken
	authkey hmackey storagekey subscriptionkey psk credential credentials creds sshpass
`)

// secretSuffixes end one-word keys: dbpassword, userpasswd.
var secretSuffixes = []string{"password", "passwd", "passphrase", "apikey", "secretkey", "accesstoken", "authtoken", "clientsecret", "privatekey"}

var (
	authorizationNames = words(`authorization proxyauthorization xauthorization`)
	cookieNames        = words(`cookie cookies setcookie`)
	codeNames          = words(`pin otp cvv cvc cvv2 cvc2 securitycode otpcode mfacode verificationcode cvvcode`)
	// harmlessTokens are tokens that walk through pages or streams.
	harmlessTokens = words(`pagetoken nexttoken nextpagetoken continuationtoken synctoken resumetoken cancellationtoken cursortoken padtoken progresstoken lexertoken fencingtoken`)
	// digests are what stands before the name of a secret whose hash is meant.
	digests = words(`checksum hash sha digest`)

	// neutralWords name identifiers; see labelled.
	neutralWords = words(`trace span request order seq sequence offset block blk job build version sha commit etag digest checksum port pid epoch timestamp ts part sku serial invoice tracking`)
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// words reads the words of a key.
func (s *Scanner) words(key string) hints {
	class := s.attribute(key)
	if len(key) > maxKey {
		key = key[len(key)-maxKey:]
	}
	var tail [3]string // the last three words, the last one first
	for w := range splitWords(key) {
		if tail[0] != "" && has(w[0], isDigit) && strings.Trim(w, "0123456789") == "" {
			continue // password_1
		}
		tail[2], tail[1], tail[0] = tail[1], tail[0], w
		class.context = class.context.or(s.contexts[w])
		if tail[1] != "" {
			class.context = class.context.or(s.contexts[tail[1]+w])
		}
		if neutralWords[w] {
			class.flags |= keyNeutral
		}
	}
	last, last2, last3 := tail[0], tail[1]+tail[0], tail[2]+tail[1]+tail[0]
	// PassWord and cOoKiE are one word, whatever their capitals.
	if whole := strings.ToLower(lastSegment(key)); whole != last && (s.names[whole].any() || secretNames[whole] || authorizationNames[whole] || cookieNames[whole]) {
		last = whole
	}
	for _, name := range [...]string{last, last2, last3} {
		class.named = class.named.or(s.names[name])
	}
	switch {
	case harmlessTokens[last2] || harmlessTokens[last3] || digests[tail[1]]:
	case authorizationNames[last] || authorizationNames[last2]:
		class.flags |= keyAuthorization
	case secretNames[last] || secretNames[last2] || secretNames[last3] || endsInAny(last, secretSuffixes):
		class.flags |= keySecret
	case codeNames[last] || codeNames[last2]:
		class.flags |= keyCode
	case cookieNames[last]:
		class.flags |= keyCookie
	case last == "token":
		class.flags |= keyToken
	case last == "pass":
		class.flags |= keyPass
	}
	return class
}

// lastSegment returns what stands behind the last separator of a key, without digits at
// its end.
func lastSegment(key string) string {
	end := len(key)
	for end > 0 && has(key[end-1], isDigit) {
		end--
	}
	start := end
	for start > 0 && has(key[start-1], isAlnum) {
		start--
	}
	return key[start:end]
}

func endsInAny(word string, suffixes []string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(word, s) {
			return true
		}
	}
	return false
}

// splitWords yields the words of a key or of prose in small letters: split at
// all that is neither letter nor digit and at humps (apiKey, APIKey), without
// digits at the end (password2). Markers have no words.
func splitWords(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i := 0; i < len(text); {
			if !has(text[i], isAlnum) {
				i = wordBreak(text, i)
				continue
			}
			start := i
			for i++; i < len(text) && has(text[i], isAlnum) && !hump(text, i); i++ {
			}
			word := strings.ToLower(text[start:i])
			if trimmed := strings.TrimRight(word, "0123456789"); trimmed != "" && !codeNames[word] {
				word = trimmed
			}
			if !yield(word) {
				return
			}
		}
	}
}

// hump reports whether a new word begins at i inside letters: aB, and the B of
// ABc.
func hump(text string, i int) bool {
	if !has(text[i], isUpper) {
		return false
	}
	return has(text[i-1], isLower|isDigit) ||
		has(text[i-1], isUpper) && i+1 < len(text) && has(text[i+1], isLower)
}
