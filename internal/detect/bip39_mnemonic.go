package detect

import (
	"crypto/sha256"
	_ "embed"
	"strings"
)

// bip39Mnemonic finds the words from which the keys of a wallet are made (BIP 39): 12 to
// 24 of the English list, behind a name for them or under a key with it. A checksum makes
// them certain; 12 words of the list in a row are no chance without it.
var bip39Mnemonic = &Detector{
	Name:     "bip39_mnemonic",
	Summary:  "seed phrase of a wallet: 12 to 24 words of BIP 39",
	Evidence: "12 words of the list in a row or more, behind a name for them; certain with their checksum",
	anchors:  []string{"mne", "Mne", "MNE", "phra", "Phra", "PHRA"},
	keys:     words(`mnemonic mnemonics mnemonicphrase seedphrase seedwords recoveryphrase recoverywords backupphrase walletphrase secretphrase walletseed`),
	match: func(c *candidate) (Finding, bool) {
		if c.found() || !namesPhrase(c.text, c.at, c.end) {
			return Finding{}, false
		}
		return phraseIn(c.text, c.end, phraseNear)
	},
	under: func(_ KeyClass, value string) (Finding, bool) { return phraseIn(value, 0, 1) },
	sample: func() Sample {
		phrase := strings.Repeat("zoo ", 11) + "wrong"
		return Sample{Text: "seed phrase: " + phrase, Secret: phrase}
	},
}

// phraseNear is how far behind their name the words begin at most.
const phraseNear = 64

// bip39English is the English list of BIP 39, one word a line, as published with it.
//
//go:embed bip39_english.txt
var bip39English string

// bip39Words are the numbers of the words of the list.
var bip39Words = func() map[string]int {
	numbers := map[string]int{}
	for i, w := range strings.Fields(bip39English) {
		numbers[w] = i
	}
	return numbers
}()

// namesPhrase reports whether text[at:end] begins the name of such words: mnemonic, or
// a phrase that seeds or recovers.
func namesPhrase(text string, at, end int) bool {
	if lower(text[at]) == 'm' {
		return strings.HasPrefix(toLower(window(text, end, len("monic"))), "monic")
	}
	before := toLower(text[max(0, at-12):at])
	for _, kind := range [...]string{"seed", "recover", "backup", "secret", "mnemonic", "wallet", "word"} {
		if strings.Contains(before, kind) {
			return true
		}
	}
	return false
}

// minPhrase and maxPhrase are the numbers of words of a phrase, longestWord the length
// of the list's longest one.
const (
	minPhrase   = 12
	maxPhrase   = 24
	longestWord = 8
)

// phraseIn finds the first 12 words of the list in a row that begin less than near bytes
// behind i, and those that follow. Words are joined by blanks, commas and quotes.
func phraseIn(text string, i, near int) (Finding, bool) {
	var numbers [maxPhrase]int
	start, last, n := i, i, 0
	for limit := min(len(text), i+near); i < len(text) && (n > 0 || i < limit); {
		end := span(text, i, longestWord+1, isLower)
		number, known := bip39Words[text[i:end]]
		if known && n < maxPhrase && (end == len(text) || !has(text[end], isWord)) {
			if n == 0 {
				start = i
			}
			numbers[n], last = number, end
			n++
			i = phraseGap(text, end)
			if i > end {
				continue
			}
		}
		if n >= minPhrase {
			break
		}
		// Not here: go on behind the word.
		n = 0
		for i = max(i, end); i < len(text) && has(text[i], isAlnum); i++ {
		}
		i++
	}
	if n < minPhrase {
		return Finding{}, false
	}
	confidence := Likely
	if phraseChecks(numbers[:n]) {
		confidence = Certain
	}
	return Finding{Start: start, End: last, Confidence: confidence}, true
}

// phraseGap returns the end of what joins two words at i.
func phraseGap(text string, i int) int {
	const widest = 8
	end := i
	for end < len(text) && end-i < widest && strings.IndexByte(" ,\"'\n\r\t+", text[end]) >= 0 {
		end++
	}
	if strings.HasPrefix(text[end:], `\n`) || strings.HasPrefix(text[end:], `\"`) {
		return phraseGap(text, end+2)
	}
	return end
}

// phraseChecks verifies the checksum: the last bits of the numbers, one of each 33, are
// the first of the SHA-256 of those before them.
func phraseChecks(numbers []int) bool {
	const bitsPerWord = 11
	if len(numbers)%3 != 0 {
		return false
	}
	var packed [maxPhrase*bitsPerWord/8 + 1]byte
	for i, number := range numbers {
		for b := range bitsPerWord {
			if number>>(bitsPerWord-1-b)&1 == 1 {
				at := i*bitsPerWord + b
				packed[at/8] |= 0x80 >> (at % 8)
			}
		}
	}
	entropy, check := len(numbers)*bitsPerWord*32/33/8, len(numbers)/3
	sum := sha256.Sum256(packed[:entropy])
	return sum[0]>>(8-check) == packed[entropy]>>(8-check)
}
