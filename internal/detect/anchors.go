package detect

import (
	"slices"
	"strings"
)

// anchorWidth is how many bytes of an anchor the one pass looks at.
const anchorWidth = 3

// anchorIndex finds literal anchors: a bitmap over the hashes of three-byte
// windows says, for nearly every byte of ordinary text, that no anchor is near.
// 4 KiB of bitmap stay in the first-level cache; with a hundred anchors one
// window in three hundred passes it by chance.
type anchorIndex struct {
	bitmap [512]uint64
	// byWindow holds the anchors by the three bytes that were chosen from each.
	byWindow map[[anchorWidth]byte][]anchor
}

// anchor is one literal of one detector.
type anchor struct {
	literal  string
	detector *Detector
	// windowEnd is the offset in literal behind the window that is indexed.
	windowEnd int
}

// add indexes one literal by its rarest window.
func (x *anchorIndex) add(literal string, d *Detector) {
	if x.byWindow == nil {
		x.byWindow = map[[anchorWidth]byte][]anchor{}
	}
	end := rarestWindow(literal)
	w := [anchorWidth]byte([]byte(literal[end-anchorWidth : end]))
	x.byWindow[w] = append(x.byWindow[w], anchor{literal, d, end})
	h := windowHash(uint32(w[0])<<16 | uint32(w[1])<<8 | uint32(w[2]))
	x.bitmap[h>>6] |= 1 << (h & 63)
}

// rarestWindow returns the end of the window of a literal by which it is indexed,
// or 0 if it has none. Windows hold no digits, because the pass skips groups of
// digits as a whole; the longer a window waits the more of the literal was seen,
// so among equals the last one wins.
func rarestWindow(literal string) int {
	best, bestScore := 0, -1
	for end := anchorWidth; end <= len(literal); end++ {
		window := literal[end-anchorWidth : end]
		if strings.ContainsAny(window, "0123456789") {
			continue
		}
		if score := rarity(window); score >= bestScore {
			best, bestScore = end, score
		}
	}
	return best
}

// rarity guesses how seldom the bytes stand together in logs: capitals and signs
// are rarer than small letters, blanks and dots.
func rarity(window string) int {
	score := 0
	for i := range len(window) {
		switch {
		case has(window[i], isLower) || window[i] == ' ':
		case has(window[i], isUpper) || has(window[i], isDash):
			score += 2
		default:
			score += 3
		}
	}
	return score
}

// windowHash maps the low three bytes of window to a bit of the bitmap.
func windowHash(window uint32) uint32 {
	return window << 8 * 0x9E3779B1 >> 17 // the golden ratio, as in Fibonacci hashing
}

// mayEnd reports whether an anchor's window may be the last three bytes.
func (x *anchorIndex) mayEnd(window uint32) bool {
	h := windowHash(window)
	return x.bitmap[h>>6]&(1<<(h&63)) != 0
}

// at returns the anchors whose window ends at end in text.
func (x *anchorIndex) at(text string, end int) []anchor {
	if end < anchorWidth {
		return nil
	}
	return x.byWindow[[anchorWidth]byte([]byte(text[end-anchorWidth:end]))]
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
