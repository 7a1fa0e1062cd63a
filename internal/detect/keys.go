package detect

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// KeyClass is what a key says about the value under it: a set of hints. The
// zero class says nothing. Classes of several keys are combined with "or".
type KeyClass uint16

const (
	// keySecret names a secret: the whole value is one.
	keySecret KeyClass = 1 << iota
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
	// keyCard and keySSN are positive context for such numbers.
	keyCard
	keySSN
	// keyNeutral names an identifier that only looks like something personal.
	keyNeutral
	// keyTainted marks a key whose own text has acting findings.
	keyTainted

	forcing = keySecret | keyAuthorization | keyToken | keyCode | keyPass
)

// Sensitive reports whether the key alone may make the whole value a finding.
func (c KeyClass) Sensitive() bool { return c&forcing != 0 }

// Tainted reports whether the key's own text holds something to redact, as in
// "user.jane@example.com.visits".
func (c KeyClass) Tainted() bool { return c&keyTainted != 0 }

// keyMemo remembers the classes of keys. Clients choose the keys, so it is a
// fixed table, indexed by a seeded hash: a newcomer overwrites, memory never
// grows, nobody can aim at a slot. Each set has room for several keys, so that
// two busy ones that meet do not drive each other out.
type keyMemo struct {
	seed maphash.Seed
	sets [1024][4]atomic.Uint64
}

// An entry holds a hash above the 16 bits of the class. With the bits that chose
// the set a false match needs 58 equal bits.
const classBits = 0xffff

// Key classifies a key. It is cheap: classes are remembered.
func (s *Scanner) Key(key string) KeyClass {
	if key == "" {
		return 0
	}
	hash := maphash.String(s.keys.seed, key)
	set := &s.keys.sets[hash%uint64(len(s.keys.sets))]
	victim := &set[hash>>62]
	for i := range set {
		e := set[i].Load()
		if e != 0 && e&^classBits == hash&^classBits {
			return KeyClass(e & classBits)
		}
		if e == 0 {
			victim = &set[i]
			break
		}
	}
	class := classify(key) | s.taint(key)
	victim.Store(hash&^classBits | uint64(class))
	return class
}

func (s *Scanner) taint(key string) KeyClass {
	var buf [4]Finding
	for _, f := range s.Scan(buf[:0], 0, key) {
		if f.Acts() {
			return keyTainted
		}
	}
	return 0
}

// maxKey bounds how much of a key is read, from its end.
const maxKey = 128

// secretNames are the endings of keys, in small letters without separators, that
// name a secret. Longer names stand for all that end in them: "password" covers
// db.password, userPassword and DB_PASSWORD, but not password_changed_at.
var secretNames = words(`
	password passwd passwords pwd passphrase passcode passwordhash passwordconfirmation passwordconfirm
	dbpass userpass smtppass mailpass keypass storepass
	secret secrets secretstring secretvalue secretkeybase clientsecret sharedsecret appsecret secretkey secretaccesskey
	apikey apikeys apisecret accesskey accountkey privatekey signingkey encryptionkey masterkey
	authtoken apitoken accesstoken refreshtoken accesstokens authtokens csrftoken idtoken sessiontoken securitytoken bearertoken
	authkey hmackey storagekey subscriptionkey psk credential credentials
`)

// secretSuffixes end one-word keys: dbpassword, userpasswd.
var secretSuffixes = []string{"password", "passwd", "passphrase", "apikey", "secretkey", "accesstoken", "authtoken", "clientsecret", "privatekey"}

var (
	authorizationNames = words(`authorization proxyauthorization xauthorization`)
	codeNames          = words(`pin otp cvv cvc cvv2 cvc2 securitycode otpcode mfacode verificationcode cvvcode`)
	// harmlessTokens are tokens that walk through pages or streams.
	harmlessTokens = words(`pagetoken nexttoken nextpagetoken continuationtoken synctoken resumetoken cancellationtoken cursortoken padtoken lexertoken fencingtoken`)
	// digests are what stands before the name of a secret whose hash is meant.
	digests = words(`checksum hash sha digest`)

	cardWords = words(`card cards pan cc ccn ccnum ccnumber cardnumber creditcard debitcard credit debit payment visa mastercard amex maestro discover jcb diners unionpay`)
	ssnWords  = words(`ssn ssns socialsecurity taxpayer`)
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

// classify reads the words of a key.
func classify(key string) KeyClass {
	if len(key) > maxKey {
		key = key[len(key)-maxKey:]
	}
	var class KeyClass
	var tail [3]string // the last three words, the last one first
	for w := range splitWords(key) {
		tail[2], tail[1], tail[0] = tail[1], tail[0], w
		switch {
		case cardWords[w]:
			class |= keyCard
		case ssnWords[w]:
			class |= keySSN
		case neutralWords[w]:
			class |= keyNeutral
		}
	}
	last, last2, last3 := tail[0], tail[1]+tail[0], tail[2]+tail[1]+tail[0]
	if cardWords[last2] {
		class |= keyCard
	}
	if ssnWords[last2] {
		class |= keySSN
	}
	switch {
	case harmlessTokens[last2] || harmlessTokens[last3] || digests[tail[1]]:
	case authorizationNames[last] || authorizationNames[last2]:
		class |= keyAuthorization
	case secretNames[last] || secretNames[last2] || secretNames[last3] || endsInAny(last, secretSuffixes):
		class |= keySecret
	case codeNames[last] || codeNames[last2]:
		class |= keyCode
	case last == "token":
		class |= keyToken
	case last == "pass":
		class |= keyPass
	}
	return class
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
				i = max(i+1, markerEnd(text, i))
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
