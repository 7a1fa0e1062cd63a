package distinct

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"math/bits"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

var testKey = bytes.Repeat([]byte{7}, MinKey)

func newHasher(t testing.TB, key []byte, context string) *Hasher {
	h, err := NewHasher(key, context)
	require.NoError(t, err)
	return h
}

func TestHashesAreHMACSHA256(t *testing.T) {
	h := newHasher(t, testKey, "active_users")
	derived, err := hkdf.Key(sha256.New, testKey, nil, "readygate distinct active_users", sha256.Size)
	require.NoError(t, err)
	for _, n := range []int{0, 1, 36, 63, 64, 65, 128, 1000} {
		identifier := strings.Repeat("u", n)
		mac := hmac.New(sha256.New, derived)
		mac.Write([]byte(identifier))
		want := binary.BigEndian.Uint64(mac.Sum(nil))
		require.Equal(t, want, h.HashString(identifier), "%d bytes", n)
		require.Equal(t, want, h.Hash([]byte(identifier)), "%d bytes", n)
	}
}

// These numbers are for ever: stored sketches, and gateways of other versions,
// count by them.
func TestTheSameKeyAndContextGiveTheSameHashEverywhere(t *testing.T) {
	require.Equal(t, "432f8454c9b0253e", fmt.Sprintf("%x", newHasher(t, testKey, "active_users").HashString("user-1")))

	one, two := newHasher(t, testKey, "active_users"), newHasher(t, testKey, "active_users")
	metric, key := newHasher(t, testKey, "buyers"), newHasher(t, append([]byte{1}, testKey...), "active_users")
	for i := range 100 {
		user := fmt.Sprintf("user-%d", i)
		require.Equal(t, one.HashString(user), two.HashString(user))
		require.NotEqual(t, one.HashString(user), metric.HashString(user))
		require.NotEqual(t, one.HashString(user), key.HashString(user))
	}
}

func TestHashesAreUniform(t *testing.T) {
	h := newHasher(t, testKey, "active_users")
	const n = 10_000
	var ones [64]int
	for i := range n {
		for hash := h.HashString(fmt.Sprint(i)); hash != 0; hash &= hash - 1 {
			ones[bits.TrailingZeros64(hash)]++
		}
	}
	for bit, count := range ones {
		require.InDelta(t, n/2, count, 250, "bit %d", bit) // five standard deviations
	}
}

func TestAShortKeyIsRefused(t *testing.T) {
	_, err := NewHasher(testKey[1:], "active_users")
	require.EqualError(t, err, "key of 15 bytes: allowed are 16 and more")
}

func TestAHasherKeepsNoIdentifier(t *testing.T) {
	const identifier = "user-4711@example.com"
	var parts []hash.Hash // of HMAC: their blocks are what could keep it
	k := newKeyed(func() hash.Hash {
		part := sha256.New()
		parts = append(parts, part)
		return part
	}, testKey)
	kept := func() bool {
		trace := strings.Trim(fmt.Sprintf("%v", []byte(identifier)), "[]")
		return strings.Contains(fmt.Sprint(k.piece, parts[0], parts[1]), trace)
	}
	k.mac.Write([]byte(identifier))
	require.True(t, kept(), "the test sees what is kept")
	k.mac.Reset()
	require.False(t, kept())
	hashOf(k, identifier)
	require.False(t, kept())
}

func TestHashingDoesNotAllocate(t *testing.T) {
	k := newKeyed(sha256.New, testKey)
	identifier := strings.Repeat("u", 200)
	require.Zero(t, testing.AllocsPerRun(1000, func() { hashOf(k, identifier) }))
	require.Zero(t, testing.AllocsPerRun(1000, func() { hashOf(k, []byte(identifier)) }))
}

func TestAHasherIsSafeForConcurrentUse(t *testing.T) {
	h := newHasher(t, testKey, "active_users")
	want := h.HashString("user-1")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 1000 {
				if h.HashString("user-1") != want {
					t.Error("another hash")
				}
			}
		})
	}
	wg.Wait()
}
