package distinct

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"sync"
)

// MinKey is the least length of a Hasher's key, in bytes.
const MinKey = 16

// Hasher makes the hashes that sketches count: the first 64 bits of HMAC-SHA-256
// of an identifier. Without the key, a hash tells nothing about its
// identifier, and candidates cannot be tried. Gateways with the same key and
// context make the same hashes, so that their sketches merge; hashes of different
// contexts have nothing in common, so that sketches of two metrics cannot be
// joined.
//
// It keeps no identifier, not even the last one. It is safe for concurrent use.
// It must be made by NewHasher.
type Hasher struct {
	pool sync.Pool // of *keyed
}

// keyed is HMAC-SHA-256 under the key, and the memory that one use needs. An
// identifier goes through piece, because what is passed to a hash.Hash escapes.
type keyed struct {
	mac   hash.Hash
	piece [64]byte
	sum   [sha256.Size]byte
}

// NewHasher returns a hasher for the context, such as the name of a metric. It
// is an error if the key has fewer than MinKey bytes.
func NewHasher(key []byte, context string) (*Hasher, error) {
	if len(key) < MinKey {
		return nil, fmt.Errorf("key of %d bytes: allowed are %d and more", len(key), MinKey)
	}
	derived, err := hkdf.Key(sha256.New, key, nil, "readygate distinct "+context, sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	h := &Hasher{}
	h.pool.New = func() any { return newKeyed(sha256.New, derived) }
	return h, nil
}

// Hash is the hash of an identifier.
func (h *Hasher) Hash(identifier []byte) uint64 {
	k := h.pool.Get().(*keyed)
	defer h.pool.Put(k)
	return hashOf(k, identifier)
}

// HashString is Hash of the bytes of the string.
func (h *Hasher) HashString(identifier string) uint64 {
	k := h.pool.Get().(*keyed)
	defer h.pool.Put(k)
	return hashOf(k, identifier)
}

func newKeyed(hash func() hash.Hash, key []byte) *keyed {
	k := &keyed{mac: hmac.New(hash, key)}
	k.mac.Reset() // keeps the state under the key, which each Reset after it restores
	return k
}

func hashOf[T string | []byte](k *keyed, identifier T) uint64 {
	for len(identifier) > 0 {
		n := copy(k.piece[:], identifier)
		k.mac.Write(k.piece[:n]) // a hash.Hash never fails
		identifier = identifier[n:]
	}
	sum := binary.BigEndian.Uint64(k.mac.Sum(k.sum[:0]))
	// What waits for its next use remembers nothing: the block of SHA-256 has the
	// identifier until Reset overwrites it.
	clear(k.piece[:])
	k.mac.Reset()
	return sum
}
