package detect

import "crypto/sha256"

// base58 is the alphabet of Bitcoin.
const base58Digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

var base58 = alphabetOf(base58Digits)

// maxBase58 is the longest text that is decoded, an extended key.
const maxBase58 = 120

// base58Check decodes a text and verifies its checksum, the first four bytes of a
// double SHA-256, which one random text in four thousand million has. It returns the
// bytes before the checksum.
func base58Check(text string) ([]byte, bool) {
	const sum = 4
	if len(text) > maxBase58 {
		return nil, false
	}
	var values [128]int
	for i := range len(base58Digits) {
		values[base58Digits[i]] = i
	}
	decoded := make([]byte, 0, maxBase58)
	for i := range len(text) {
		if !base58.has(text[i]) {
			return nil, false
		}
		carry := values[text[i]]
		for j := range decoded { // the lowest byte first
			carry += int(decoded[j]) * 58
			decoded[j] = byte(carry)
			carry >>= 8
		}
		for ; carry > 0; carry >>= 8 {
			decoded = append(decoded, byte(carry))
		}
	}
	if len(decoded) <= sum {
		return nil, false
	}
	for i, j := 0, len(decoded)-1; i < j; i, j = i+1, j-1 {
		decoded[i], decoded[j] = decoded[j], decoded[i]
	}
	payload := decoded[:len(decoded)-sum]
	first := sha256.Sum256(payload)
	second := sha256.Sum256(first[:])
	return payload, string(second[:sum]) == string(decoded[len(payload):])
}
