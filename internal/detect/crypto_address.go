package detect

import (
	"strings"

	"golang.org/x/crypto/sha3"
)

// cryptoAddress finds addresses on public blockchains: Bitcoin's by their
// checksum, Ethereum's and Monero's by theirs where they are written with one.
// Such addresses are public, so that they are tagged only.
var cryptoAddress = &Detector{
	Name:     "crypto_address",
	Summary:  "address on a public blockchain: Bitcoin, Ethereum, Monero",
	Evidence: "base58check, bech32 and bech32m, EIP-55, the checksum of Monero; Ethereum's in one case need context",
	Packs:    []string{"crypto"},
	Default:  Tag,
	anchors:  []string{"bc1"},
	digits:   []int{1, 2, 3, 4},
	glued:    true,
	context:  words(`wallet eth ethereum erc btc bitcoin xmr monero blockchain`),
	match: func(c *candidate) (Finding, bool) {
		if wordEndsAt(c.text, c.at) {
			return Finding{}, false
		}
		end, sure := c.at, Certain
		switch {
		case c.text[c.at] == 'b':
			end = bitcoinSegwit(c.text, c.at)
		case c.text[c.at] == '1' || c.text[c.at] == '3':
			end = bitcoinLegacy(c.text, c.at)
		case c.text[c.at] == '4' || c.text[c.at] == '8':
			end = moneroEnd(c.text, c.at)
		case c.end == c.at+1 && at(c.text, c.end) == 'x' && c.text[c.at] == '0':
			if end, sure = ethereumEnd(c.text, c.at); sure == Possible {
				sure = c.weigh(c.at, end, sure)
			}
		}
		if end == c.at || wordStartsAt(c.text, end) {
			return Finding{}, false
		}
		return Finding{Start: c.at, End: end, Confidence: sure}, true
	},
	sample: func() Sample { return bareSample("1BvBMSEYst" + "WetqTFn5Au4m4GFg7xJaNVN2") },
}

// bitcoinLegacy returns the end of an address of version 0 or 5 at i; i if there
// is none.
func bitcoinLegacy(text string, i int) int {
	const shortest, longest = 26, 35
	end := base58End(text, i, longest+1)
	if end-i < shortest || end-i > longest || !addressChecksum(text[i:end]) {
		return i
	}
	return end
}

// base58End returns the end of the run of base58 that starts at i, at most limit
// bytes long.
func base58End(text string, i, limit int) int {
	end := min(len(text), i+limit)
	for i < end && base58.has(text[i]) {
		i++
	}
	return i
}

// bitcoinSegwit returns the end of an address of BIP 173 or 350 at i.
func bitcoinSegwit(text string, i int) int {
	const shortest, longest = 42, 62
	end := span(text, i, longest+1, isLower|isDigit)
	if end-i < shortest || end-i > longest || !segwitChecksum(text[i:end]) {
		return i
	}
	return end
}

// ethereumEnd returns the end of 0x and 40 hexadecimal digits at i. In mixed case
// they must have the checksum of EIP-55; in one case the shape is all there is.
func ethereumEnd(text string, i int) (int, Confidence) {
	const digits = 40
	start := i + len("0x")
	end := start
	for end < len(text) && end-start <= digits && hexByte(text[end]) {
		end++
	}
	if end-start != digits {
		return i, 0
	}
	address := text[start:end]
	folded := strings.ToLower(address)
	if address == folded || address == strings.ToUpper(address) {
		return end, Possible
	}
	h := sha3.NewLegacyKeccak256()
	h.Write([]byte(folded))
	sum := h.Sum(nil)
	for j := range digits {
		nibble := sum[j/2] >> (4 * (1 - j%2)) & 15
		if has(address[j], isAlpha) && has(address[j], isUpper) != (nibble >= 8) {
			return i, 0
		}
	}
	return end, Certain
}

// moneroEnd returns the end of a standard address or subaddress at i: 69 bytes, the
// last four of which are the hash of the others.
func moneroEnd(text string, i int) int {
	const characters = 95
	end := base58End(text, i, characters+1)
	if end-i != characters {
		return i
	}
	// Monero writes blocks of eight bytes as eleven characters, and the last five bytes
	// as seven.
	var raw []byte
	for at := i; at < end; at += 11 {
		block := text[at:min(end, at+11)]
		size := 8
		if len(block) < 11 {
			size = 5
		}
		var v uint64
		for j := range len(block) {
			v = v*uint64(len(base58Digits)) + uint64(strings.IndexByte(base58Digits, block[j]))
		}
		for shift := 8 * (size - 1); shift >= 0; shift -= 8 {
			raw = append(raw, byte(v>>shift))
		}
	}
	h := sha3.NewLegacyKeccak256()
	h.Write(raw[:len(raw)-4])
	if string(h.Sum(nil)[:4]) != string(raw[len(raw)-4:]) {
		return i
	}
	return end
}
