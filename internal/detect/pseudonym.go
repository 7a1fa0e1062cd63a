package detect

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Pseudonyms makes tokens that stand for values: the same value has the same
// token, so that records can be joined and counted, and without the key nobody
// can guess the value. A token is
//
//	<detector>_<key id>_<16 hexadecimal digits>
//
// where the digits are the first 64 bits of
//
//	HMAC-SHA256(key, tenant 0x00 detector 0x00 canonical value)
//
// The detector is part of what is hashed, so that a number which two detectors
// find has unrelated tokens; so is the tenant, so that tenants cannot compare.
// With 64 bits, two of 100 million values share a token with a probability of
// about 1 in 3,700. It is safe for concurrent use.
type Pseudonyms struct {
	id, tenant string
	key        []byte
}

// MinKey is the shortest key, in bytes: as long as the hash, RFC 2104, section 3.
const MinKey = 32

// maxKeyID bounds the id of a key, which is part of every token.
const maxKeyID = 8

// tokenDigits is the number of hexadecimal digits in a token.
const tokenDigits = 16

// NewPseudonyms returns a maker of tokens. id names the key: 1 to 8 small letters
// and digits. The key must have 32 bytes or more: with a shorter one, or none, a
// token of a telephone number could be turned back by trying all numbers.
func NewPseudonyms(id, tenant string, key []byte) (*Pseudonyms, error) {
	var errs []error
	if n := len(id); n == 0 || n > maxKeyID || span(id, 0, n, isLower|isDigit) != n {
		errs = append(errs, fmt.Errorf("id: got %q, allowed: 1 to %d small letters and digits", id, maxKeyID))
	}
	if len(key) < MinKey {
		errs = append(errs, fmt.Errorf("key: got %d bytes, allowed: %d or more", len(key), MinKey))
	}
	if strings.IndexByte(tenant, 0) >= 0 {
		errs = append(errs, errors.New("tenant: must not hold a NUL byte"))
	}
	return &Pseudonyms{id, tenant, key}, errors.Join(errs...)
}

// Token returns the token of a value that d found.
func (p *Pseudonyms) Token(d *Detector, value string) string {
	if d.canonical != nil {
		value = d.canonical(value)
	}
	h := hmac.New(sha256.New, p.key)
	h.Write([]byte(p.tenant + "\x00" + d.Name + "\x00" + value))
	return d.Name + "_" + p.id + "_" + hex.EncodeToString(h.Sum(nil)[:tokenDigits/2])
}

// pseudonymAt reports whether the range lies inside one token. Tokens are left
// alone, as markers are: another gateway made them.
func pseudonymAt(text string, start, end int) bool {
	const longest = maxMarkerName + 1 + maxKeyID + 1 + tokenDigits
	if end-start > longest {
		return false
	}
	first, last := start, end
	for first > 0 && start-first < longest && has(text[first-1], isWord) {
		first--
	}
	for last < len(text) && last-end < longest && has(text[last], isWord) {
		last++
	}
	return isPseudonym(text[first:last])
}

// isPseudonym reports whether a word is a token of a known detector.
func isPseudonym(word string) bool {
	digits := strings.LastIndexByte(word, '_')
	if digits < 0 || len(word)-digits-1 != tokenDigits {
		return false
	}
	for i := digits + 1; i < len(word); i++ {
		if !hexByte(word[i]) || has(word[i], isUpper) {
			return false
		}
	}
	id := strings.LastIndexByte(word[:digits], '_')
	if id < 0 || digits-id-1 == 0 || digits-id-1 > maxKeyID || span(word, id+1, maxKeyID, isLower|isDigit) != digits {
		return false
	}
	return knownName(word[:id])
}
