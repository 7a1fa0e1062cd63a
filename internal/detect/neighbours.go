package detect

// neighbours are the kinds of bytes that may stand on both sides of a group of digits,
// so that most groups are seen at a glance to belong to no number of a spelling.
type neighbours struct{ before, after uint8 }

// The kinds of bytes beside a group.
const (
	besideLetter uint8 = 1 << iota
	besideSpace
	besideHyphen
	besideDot
	besideSlash
	besideHigh // bytes of UTF-8 from U+0080 on
	besideOther

	besideAny = 0xff
)

var besideKinds = func() (t [256]uint8) {
	for b := range t {
		switch {
		case has(byte(b), isAlpha):
			t[b] = besideLetter
		case b == ' ':
			t[b] = besideSpace
		case b == '-':
			t[b] = besideHyphen
		case b == '.':
			t[b] = besideDot
		case b == '/':
			t[b] = besideSlash
		case b >= 0x80:
			t[b] = besideHigh
		default:
			t[b] = besideOther
		}
	}
	return t
}()

// besides returns the kinds that fit a place of a pattern.
func besides(place byte) uint8 {
	switch place {
	case 'A', 'X':
		return besideLetter
	case '~':
		return besideSpace | besideHyphen | besideDot | besideHigh
	case ' ', '-':
		return besideKinds[place] | besideHigh
	}
	return besideKinds[place]
}

// beside adds what may stand beside the form's group of digits, by its length. A number
// that begins with the group may follow a letter, since that may end an escape sequence.
func (f *idForm) beside(all *[maxDigits + 1]neighbours) {
	for n := f.least; n <= f.most; n++ {
		b := neighbours{before: besideAny, after: besideAny &^ besideLetter}
		switch next := f.first + n; {
		case f.last && n < f.most:
			b.before = besideLetter
		case f.last:
		case f.first > 0:
			b.before = besides(f.pattern[f.first-1])
			fallthrough
		default:
			if next < len(f.pattern) {
				b.after = besides(f.pattern[next])
			}
		}
		all[n].before |= b.before
		all[n].after |= b.after
	}
}

// joiners returns the bytes that may follow short groups of digits; none where such a
// group may end a number, because then anything may follow.
func joiners(short []neighbours) string {
	after := uint8(0)
	for _, b := range short {
		after |= b.after
	}
	if after&besideOther != 0 {
		return ""
	}
	var joins []byte
	for b, kind := range besideKinds {
		// Of the bytes beyond ASCII only those begin a space or a hyphen.
		if kind&after != 0 && (b < 0x80 || b == 0xC2 || b == 0xE2) {
			joins = append(joins, byte(b))
		}
	}
	return string(joins)
}

// fit reports whether what stands beside text[at:end] may; the zero value lets nothing
// stand.
func (b *neighbours) fit(text string, at, end int) bool {
	before, after := besideOther, besideOther
	if at > 0 {
		before = besideKinds[text[at-1]]
	}
	if end < len(text) {
		after = besideKinds[text[end]]
	}
	return b.before&before != 0 && b.after&after != 0
}
