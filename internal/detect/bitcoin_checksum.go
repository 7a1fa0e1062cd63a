package detect

import (
	"crypto/sha256"
	"math/big"
	"strings"
)

// addressChecksum reports whether a Bitcoin address of version 0 or 5 has its
// checksum: the first four bytes of the hash of the hash of the other 21. A leading 1
// stands for a zero byte, which is part of what is hashed.
func addressChecksum(address string) bool {
	const payload, checksum = 21, 4
	n, base := new(big.Int), big.NewInt(int64(len(base58Digits)))
	for i := range len(address) {
		n.Add(n.Mul(n, base), big.NewInt(int64(strings.IndexByte(base58Digits, address[i]))))
	}
	if n.BitLen() > 8*(payload+checksum) {
		return false
	}
	raw := n.FillBytes(make([]byte, payload+checksum))
	first := sha256.Sum256(raw[:payload])
	second := sha256.Sum256(first[:])
	return (raw[0] == 0 || raw[0] == 5) && string(raw[payload:]) == string(second[:checksum])
}

const segwitAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

// segwitChecksum reports whether a Bitcoin address that begins with "bc1" has its
// checksum: that of BIP 173 or of BIP 350.
func segwitChecksum(address string) bool {
	const bip173, bip350 = 1, 0x2bc830a3
	sum := uint32(1)
	step := func(v byte) {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(v)
		for i, generator := range [...]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= generator
			}
		}
	}
	for _, v := range []byte{'b' >> 5, 'c' >> 5, 0, 'b' & 31, 'c' & 31} {
		step(v)
	}
	for i := len("bc1"); i < len(address); i++ {
		v := strings.IndexByte(segwitAlphabet, address[i])
		if v < 0 {
			return false
		}
		step(byte(v))
	}
	return sum == bip173 || sum == bip350
}
