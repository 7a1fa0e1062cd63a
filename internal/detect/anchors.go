package detect

import "slices"

// anchorWidth is how many bytes of an anchor the one pass looks at.
const anchorWidth = 3

// anchorIndex finds literal anchors: a bitmap over the hashes of three-byte
// windows says, for nearly every byte of ordinary text, that no anchor is near.
// Its 32 KiB stay in the first caches; with eight hundred anchors one window in
// 300 passes it by chance, and a table tells at once that it did.
type anchorIndex struct {
	bitmap [1 << hashBits / 64]uint64
	table  [4096]windowSlot
	// windows are the sets of anchors that share a window.
	windows [][]anchor
}

// windowSlot is an entry of the table, which is searched from its hash on: a window,
// and the number of its set plus 1, or 0.
type windowSlot struct {
	window uint32
	set    uint32
}

// anchor is one literal of one detector.
type anchor struct {
	literal  string
	detector *Detector
	// windowEnd is the offset in literal behind the window that is indexed.
	windowEnd int
}

// maxAnchors keeps the table at most half full.
const maxAnchors = 2048

// add indexes one literal by its rarest window.
func (x *anchorIndex) add(literal string, d *Detector) {
	end := rarestWindow(literal)
	w := windowAt(literal, end)
	slot := x.slot(w)
	if slot.set == 0 {
		x.windows = append(x.windows, nil)
		*slot = windowSlot{w, uint32(len(x.windows))}
	}
	set := &x.windows[slot.set-1]
	*set = append(*set, anchor{literal, d, end})
}

// fill sets the bits of all windows, of all stops and of three digits.
func (x *anchorIndex) fill(m *mixes) {
	set := func(hash uint32) {
		word, bit := inBitmap(hash)
		x.bitmap[word] |= 1 << bit
	}
	for _, slot := range x.table {
		if slot.set > 0 {
			set(m.windowHash(slot.window))
		}
	}
	for hash := uint32(stopMix); hash < 1<<hashBits; hash += 1 << hashStep {
		set(hash)
	}
	set(m.windowHash(uint32('0')<<16 | uint32('0')<<8 | uint32('0')))
}

// slot returns the window's entry of the table, or the free one where it would be.
func (x *anchorIndex) slot(window uint32) *windowSlot {
	for i := window * 0x9E3779B1 >> 20; ; i++ {
		slot := &x.table[i%uint32(len(x.table))]
		if slot.set == 0 || slot.window == window {
			return slot
		}
	}
}

// rarestWindow returns the end of the window of a literal by which it is indexed,
// or 0 if it has none. Windows hold no three digits in a row, because the pass skips
// what follows the third digit of a group; the longer a window waits the more of the
// literal was seen, so among equals the last one wins.
func rarestWindow(literal string) int {
	best, bestScore := 0, -1
	for end := anchorWidth; end <= len(literal); end++ {
		window := literal[end-anchorWidth : end]
		if threeDigits(literal[max(0, end-anchorWidth-1):end]) {
			continue
		}
		if score := rarity(window); score >= bestScore {
			best, bestScore = end, score
		}
	}
	return best
}

func threeDigits(s string) bool {
	for i := 2; i < len(s); i++ {
		if has(s[i-2], isDigit) && has(s[i-1], isDigit) && has(s[i], isDigit) {
			return true
		}
	}
	return false
}

// rarity guesses how seldom the bytes stand together in logs: capitals and signs
// are rarer than small letters, and these differ.
func rarity(window string) int {
	score := 0
	for i := range len(window) {
		switch b := window[i]; {
		case has(b, isLower):
			score += letterRarity[b-'a']
		case b == ' ':
		case has(b, isUpper|isDash|isDigit):
			score += 3
		default:
			score += 4
		}
	}
	if commonWindows[window] {
		return 0
	}
	return score
}

// letterRarity ranks the letters from a to z by how seldom they are in English.
var letterRarity = [26]int{0, 1, 1, 1, 0, 1, 1, 1, 0, 3, 2, 1, 1, 0, 0, 1, 3, 0, 0, 0, 1, 2, 2, 3, 1, 3}

// commonWindows are frequent in logs although their letters rank otherwise.
var commonWindows = words(`Con Pro Con con pro ion ing ter ent ver ser min max get set log key val com req res msg err Err app api sys dev usr`)

// windowAt returns the three bytes that end at end.
func windowAt(text string, end int) uint32 {
	return uint32(text[end-3])<<16 | uint32(text[end-2])<<8 | uint32(text[end-1])
}

// hashBits is the width of the hash of a window. It is a rolling hash: each byte
// shifts it by a third of its width, so that it has forgotten all but the last three.
const (
	hashBits = 18
	hashStep = hashBits / anchorWidth
)

// rolled is the hash of a window and one more byte, of which mix is known. Bits above
// hashBits are to be ignored.
func rolled(hash, mix uint32) uint32 { return hash<<hashStep ^ mix }

// inBitmap returns the word and the bit of a hash.
func inBitmap(hash uint32) (word, bit uint32) { return hash >> 6 % (1 << hashBits / 64), hash % 64 }

// mixes are the parts that bytes have in a hash. Their low bits are those of the hash
// of every window that ends in the byte, which lets one bit of the bitmap tell more
// than anchors:
//
//   - bytes at which the pass always stops have the low bits of stopMix, and the
//     bitmap is full there;
//   - all digits have one mix, so that any three of them have one hash.
type mixes [256]uint32

const (
	stopMix  = 0
	digitMix = 0x2ab55
)

func newMixes(stops func(byte) bool) *mixes {
	var m mixes
	for b := range m {
		mix := uint32(b+1) * 0x9E3779B1 >> (32 - hashBits) // the golden ratio, as in Fibonacci hashing
		switch {
		case stops(byte(b)):
			mix = mix>>hashStep<<hashStep | stopMix
		case b >= '0' && b <= '9':
			mix = digitMix
		case mix%(1<<hashStep) == stopMix:
			mix ^= 1 << (hashStep - 1)
		}
		m[b] = mix
	}
	return &m
}

// windowHash is the hash of the three bytes of window.
func (m *mixes) windowHash(window uint32) uint32 {
	return rolled(rolled(m[window>>16&0xff], m[window>>8&0xff]), m[window&0xff])
}

// at returns the anchors whose window, the last three bytes, ends here.
func (x *anchorIndex) at(window uint32) []anchor {
	if slot := x.slot(window); slot.set > 0 {
		return x.windows[slot.set-1]
	}
	return nil
}

// cases returns the words with their first letter small, capital, and all
// capitals: the spellings seen of words that the protocols call case-insensitive.
func cases(words ...string) []string {
	var all []string
	for _, w := range words {
		title, upper := []byte(w), []byte(w)
		for i, b := range upper {
			if has(b, isLower) {
				upper[i] = b - 'a' + 'A'
			}
		}
		title[0] = upper[0]
		all = append(all, w, string(title), string(upper))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
